package dev.wrought.tokenizer.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wrought.core.tokenizer.ModelKind;
import dev.wrought.core.tokenizer.VocabularySpec;
import dev.wrought.tokenizer.corpus.Position;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavePointsTest {
  private static final VocabularySpec VOCABULARY = VocabularySpec.of(400);

  @TempDir Path home;

  /** Near its end, where a monotonic clock may well be. */
  private long nanos = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(15);

  private long saveSeconds;
  private int saved;

  private SavePoints savePoints() {
    return new SavePoints(
        new UnfinishedTrainings(home), "key", Duration.ofSeconds(10), () -> nanos);
  }

  @Test
  void offer_saves_notMoreOftenThanAskedTo() {
    SavePoints savePoints = savePoints();
    savesAfter(9, savePoints, 0);
    savesAfter(1, savePoints, 1);
    savesAfter(9, savePoints, 1);
    savesAfter(1, savePoints, 2);
    savesAfter(25, savePoints, 3);
    savesAfter(9, savePoints, 3);
  }

  @Test
  void offer_savesTakeLong_areForATwentiethOfTheTime() {
    saveSeconds = 3;
    SavePoints savePoints = savePoints();
    savesAfter(10, savePoints, 1);
    savesAfter(59, savePoints, 1);
    savesAfter(1, savePoints, 2);
  }

  @Test
  void saved_nothing_isAStart() {
    assertEquals(
        Position.START,
        ((TrainingState.Counting) savePoints().saved(ModelKind.BPE, VOCABULARY)).position());
  }

  private void savesAfter(long seconds, SavePoints savePoints, int expected) {
    nanos += TimeUnit.SECONDS.toNanos(seconds);
    savePoints.offer(() -> {
      saved++;
      nanos += TimeUnit.SECONDS.toNanos(saveSeconds);
      return TrainingState.Counting.start(ModelKind.BPE);
    });
    assertEquals(expected, saved);
  }
}
