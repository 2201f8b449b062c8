package dev.wrought.tokenizer.training;

import dev.wrought.core.artifact.Artifacts;
import dev.wrought.core.artifact.DurableFiles;
import dev.wrought.core.tokenizer.ModelKind;
import dev.wrought.core.tokenizer.VocabularySpec;
import dev.wrought.tokenizer.corpus.Corpora;
import dev.wrought.tokenizer.corpus.CorpusSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** Small trainings for tests. */
public final class Trainings {
  /** A million words at least. */
  static final long MEMORY = 1 << 28;

  static final TrainingProgress SILENT = (phase, fraction, bytesRead, merges) -> {};

  private Trainings() {}

  /** One that never has the time to save anything. */
  public static TokenizerTraining in(Path home, int threads) {
    return in(home, new TrainingSettings(threads, MEMORY, Duration.ofHours(1)), () -> 0);
  }

  /** One that saves whenever it can: its clock stands still. */
  static TokenizerTraining saving(Path home, int threads) {
    return in(home, new TrainingSettings(threads, MEMORY, Duration.ZERO), () -> 0);
  }

  static TokenizerTraining in(Path home, TrainingSettings settings, LongSupplier nanoTime) {
    return new TokenizerTraining(
        new Artifacts(home),
        Corpora.plugins(home),
        new UnfinishedTrainings(home),
        settings,
        nanoTime);
  }

  public static TrainingRequest request(String name, CorpusSpec corpus, int vocabularySize) {
    return new TrainingRequest(
        name, corpus, ModelKind.BPE, VocabularySpec.of(vocabularySize), 0, 0);
  }

  /** The same with as little memory as can be asked for, and so in batches of 32 kB. */
  static TrainingRequest frugal(String name, CorpusSpec corpus, int vocabularySize) {
    return new TrainingRequest(
        name, corpus, ModelKind.BPE, VocabularySpec.of(vocabularySize), 0, 1_000_000);
  }

  /** Files with more distinct words than fit in a megabyte, some of them frequent. */
  static Path manyWords(Path folder, int files) throws IOException {
    Random random = new Random(41);
    Map<String, String> texts = new TreeMap<>();
    for (int file = 0; file < files; file++) {
      StringBuilder text = new StringBuilder();
      for (int word = 0; word < 1200; word++) {
        int bound = random.nextInt(3) == 0 ? 1 << 20 : 1 << random.nextInt(1, 12);
        for (int rest = random.nextInt(bound); rest > 0; rest /= 20) {
          text.append((char) ('a' + rest % 20));
        }
        text.append(' ');
      }
      texts.put("words-%03d.txt".formatted(file), text.toString());
    }
    return Corpora.write(folder, texts);
  }

  /**
   * How many trainings are waiting to be gone on with. A kill in the midst of a save leaves a file
   * that is none.
   */
  static long unfinished(Path home) throws IOException {
    Path folder = home.resolve("tokenizers/.unfinished");
    if (!Files.exists(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> !DurableFiles.isTemporary(String.valueOf(file.getFileName())))
          .count();
    }
  }
}
