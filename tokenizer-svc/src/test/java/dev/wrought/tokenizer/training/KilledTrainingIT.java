package dev.wrought.tokenizer.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.artifact.Artifact;
import dev.wrought.core.artifact.ArtifactKind;
import dev.wrought.core.artifact.Artifacts;
import dev.wrought.tokenizer.VictimProcess;
import dev.wrought.tokenizer.corpus.Corpora;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** FAULTS T8: kill -9 while training; it goes on when asked again, and the old file is intact. */
class KilledTrainingIT {
  private static final String NAME = "shot-at";

  /** By a clock that ticks when it is looked at: after so many batches or merges. */
  private static final int SAVE_INTERVAL = 5;

  @TempDir Path folder;

  /** The process that is killed: it trains, saves again and again, and tells all it is told. */
  static final class Training {
    /**
     * @param arguments home and corpus
     */
    public static void main(String[] arguments) {
      TrainingSettings settings =
          new TrainingSettings(2, Trainings.MEMORY, Duration.ofNanos(SAVE_INTERVAL));
      TrainingRequest request = Trainings.frugal(NAME, Corpora.of(Path.of(arguments[1])), 3000);
      TokenizerTraining.Trained trained =
          Trainings.in(Path.of(arguments[0]), settings, new AtomicLong()::incrementAndGet)
              .train(request, new Telling());
      System.out.println("trained " + trained.artifact().digest().orElseThrow());
      System.out.println("pruned " + trained.pruned());
    }
  }

  private static final class Telling implements TrainingProgress {
    @Override
    public void at(Phase phase, double fraction, long bytesRead, int merges) {
      System.out.println(phase + " " + bytesRead + " " + merges);
    }

    @Override
    public void resumed(long bytesRead, int merges) {
      System.out.println("resumed " + bytesRead + " " + merges);
    }
  }

  @Test
  void train_killedWhileCountingAndWhileMerging_endsWithTheTokenizerOfAnUndisturbedOne()
      throws Exception {
    Path words = Trainings.manyWords(Files.createDirectory(folder.resolve("words")), 120);
    List<String> undisturbed = training(folder.resolve("undisturbed"), words).run();
    Path home = folder.resolve("home");
    Artifact old =
        Trainings.in(home, 1)
            .train(Trainings.request(NAME, Corpora.of(words), 364), Trainings.SILENT)
            .artifact();

    training(home, words).killAfter("COUNTING", 100);
    assertEquals(1, Trainings.unfinished(home));
    List<String> resumed = training(home, words).killAfter("MERGING", 500);
    assertTrue(resumed.stream().anyMatch(line -> line.matches("resumed [1-9].* 0")), "" + resumed);
    assertEquals(old, new Artifacts(home).resolve(ArtifactKind.TOKENIZER, NAME));
    assertEquals(1, Trainings.unfinished(home));

    List<String> last = training(home, words).run();
    assertTrue(last.stream().anyMatch(line -> line.matches("resumed [1-9].* [1-9].*")), "" + last);
    assertTrue(last.stream().noneMatch(line -> line.startsWith("COUNTING")), "counted again");
    assertEquals(ending(undisturbed), ending(last));
    assertNotEquals(old, new Artifacts(home).resolve(ArtifactKind.TOKENIZER, NAME));
    assertEquals(0, Trainings.unfinished(home));
  }

  private static List<String> ending(List<String> lines) {
    assertTrue(lines.getLast().startsWith("pruned PrunedWords[words="), lines.getLast());
    assertTrue(!lines.getLast().contains("words=0,"), lines.getLast());
    return lines.subList(lines.size() - 2, lines.size());
  }

  private static VictimProcess training(Path home, Path words) throws IOException {
    Files.createDirectories(home);
    return new VictimProcess(Training.class, List.of(home.toString(), words.toString()));
  }
}
