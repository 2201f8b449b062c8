package dev.wrought.tokenizer.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.tokenizer.ModelKind;
import dev.wrought.core.tokenizer.VocabularySpec;
import dev.wrought.tokenizer.corpus.Corpora;
import dev.wrought.tokenizer.corpus.CorpusSpec;
import dev.wrought.tokenizer.training.TokenizerTraining.Trained;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings that were stopped, or that had too little memory, or both. */
class ResumedTrainingTest {
  @TempDir Path home;
  private Path words;
  private CorpusSpec corpus;

  @BeforeEach
  void writeWords() throws IOException {
    words = Trainings.manyWords(Files.createDirectory(home.resolve("words")), 40);
    corpus = Corpora.of(words);
  }

  /** Stops at its n-th message of a phase. */
  private static final class StopAt implements TrainingProgress {
    private final Phase phase;
    private int left;

    StopAt(Phase phase, int left) {
      this.phase = phase;
      this.left = left;
    }

    @Override
    public void at(Phase current, double fraction, long bytesRead, int merges) {
      if (current == phase && left-- == 0) {
        throw new WroughtException(ErrorCode.CANCELLED, "enough");
      }
    }
  }

  /** Notes what it was told of an earlier attempt. */
  private static final class Resumptions implements TrainingProgress {
    private final List<Long> bytes = new ArrayList<>();
    private final List<Integer> merges = new ArrayList<>();

    @Override
    public void at(Phase phase, double fraction, long bytesRead, int merged) {}

    @Override
    public void resumed(long bytesRead, int merged) {
      bytes.add(bytesRead);
      merges.add(merged);
    }
  }

  @Test
  void train_littleMemoryAndAnyNumberOfThreads_prunesTheSameWords() {
    TrainingRequest request = Trainings.frugal("frugal", corpus, 420);
    Trained one = Trainings.in(home, 1).train(request, Trainings.SILENT);
    assertTrue(one.pruned().words() > 1000 && one.pruned().floor() >= 1, one.pruned().toString());
    for (int threads : new int[] {2, 3, 7}) {
      Trained several = Trainings.in(home, threads).train(request, Trainings.SILENT);
      assertEquals(one.artifact().digest(), several.artifact().digest(), threads + " threads");
      assertEquals(one.pruned(), several.pruned(), threads + " threads");
    }
  }

  @Test
  void train_enoughMemory_prunesNothingAndLearnsTheSame() {
    TrainingRequest all = Trainings.request("all", corpus, 420);
    TrainingRequest bounded =
        new TrainingRequest(
            "bounded", corpus, ModelKind.BPE, VocabularySpec.of(420), 0, 100_000_000);
    Trained trained = Trainings.in(home, 2).train(bounded, Trainings.SILENT);
    assertEquals(0, trained.pruned().words());
    assertEquals(
        Trainings.in(home, 2).train(all, Trainings.SILENT).artifact().digest(),
        trained.artifact().digest());
  }

  /** FAULTS T8, without the kill. */
  @Test
  void train_stoppedAnywhere_goesOnFromThereAndLearnsTheSame() throws IOException {
    Trained whole =
        Trainings.in(home, 2).train(Trainings.frugal("whole", corpus, 420), Trainings.SILENT);
    Resumptions resumptions = new Resumptions();
    for (TrainingProgress.Phase phase :
        List.of(TrainingProgress.Phase.COUNTING, TrainingProgress.Phase.MERGING)) {
      for (int at : new int[] {0, 22, 30, 39}) {
        TrainingRequest request = Trainings.frugal("at-" + at, corpus, 420);
        WroughtException stopped =
            assertThrows(
                WroughtException.class,
                () -> Trainings.saving(home, 2).train(request, new StopAt(phase, at)));
        assertEquals(ErrorCode.CANCELLED, stopped.code());
        Trained trained = Trainings.in(home, 3).train(request, resumptions);
        String message = phase + " " + at;
        assertEquals(whole.artifact().digest(), trained.artifact().digest(), message);
        assertEquals(whole.pruned(), trained.pruned(), message);
        assertEquals(whole.dropped(), trained.dropped(), message);
        assertEquals(0, Trainings.unfinished(home), message);
      }
    }
    assertTrue(resumptions.bytes.stream().distinct().count() > 2, resumptions.bytes.toString());
    assertTrue(resumptions.merges.contains(0), resumptions.merges.toString());
    assertTrue(
        resumptions.merges.stream().anyMatch(merges -> merges > 0), resumptions.merges.toString());
  }

  @Test
  void train_anotherRequest_beginsAnew() {
    stop(Trainings.frugal("first", corpus, 420));
    Resumptions resumptions = new Resumptions();
    Trainings.in(home, 2).train(Trainings.frugal("first", corpus, 421), resumptions);
    assertEquals(List.of(), resumptions.bytes);
  }

  @Test
  void train_corpusChangedUnderTheSameListing_isRefusedOnceAndThenBeginsAnew() throws IOException {
    TrainingRequest request = Trainings.frugal("changed", corpus, 420);
    stop(request);
    Path file = words.resolve("words-000.txt");
    FileTime time = Files.getLastModifiedTime(file);
    Files.writeString(file, "x".repeat((int) Files.size(file)));
    Files.setLastModifiedTime(file, time);
    WroughtException refused =
        assertThrows(
            WroughtException.class, () -> Trainings.in(home, 2).train(request, Trainings.SILENT));
    assertEquals(ErrorCode.INVALID_DATA, refused.code());
    Resumptions resumptions = new Resumptions();
    Trainings.in(home, 2).train(request, resumptions);
    assertEquals(List.of(), resumptions.bytes);
  }

  @Test
  void train_moreWordsThanThereIsMemory_isRefusedWithTheRemedy() {
    TokenizerTraining small =
        Trainings.in(home, new TrainingSettings(2, 500_000, Duration.ofHours(1)), () -> 0);
    WroughtException refused =
        assertThrows(
            WroughtException.class,
            () -> small.train(Trainings.request("large", corpus, 420), Trainings.SILENT));
    assertEquals(ErrorCode.OUT_OF_MEMORY, refused.code());
    assertTrue(String.valueOf(refused.getMessage()).contains("--memory"), refused.getMessage());
    WroughtException greedy =
        assertThrows(
            WroughtException.class,
            () -> small.train(Trainings.frugal("greedy", corpus, 420), Trainings.SILENT));
    assertEquals(ErrorCode.INVALID_ARGUMENT, greedy.code());
    assertTrue(String.valueOf(greedy.getMessage()).contains("500000"), greedy.getMessage());
  }

  private void stop(TrainingRequest request) {
    assertThrows(
        WroughtException.class,
        () ->
            Trainings.saving(home, 2)
                .train(request, new StopAt(TrainingProgress.Phase.COUNTING, 35)));
  }
}
