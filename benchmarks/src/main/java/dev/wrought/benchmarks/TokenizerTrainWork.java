package dev.wrought.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrought.core.artifact.Artifacts;
import dev.wrought.core.plugin.PluginContext;
import dev.wrought.core.tokenizer.ModelKind;
import dev.wrought.core.tokenizer.PrunedWords;
import dev.wrought.core.tokenizer.VocabularySpec;
import dev.wrought.tokenizer.corpus.CorpusPlugins;
import dev.wrought.tokenizer.corpus.CorpusSpec;
import dev.wrought.tokenizer.corpus.SourceSpec;
import dev.wrought.tokenizer.training.TokenizerTraining;
import dev.wrought.tokenizer.training.TrainingRequest;
import dev.wrought.tokenizer.training.TrainingSettings;
import dev.wrought.tokenizer.training.UnfinishedTrainings;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Trains a tokenizer once, in a process of its own, and says in a line of JSON what it took, and
 * where the tokenizer is.
 */
public final class TokenizerTrainWork {
  private static final double SHARE_FOR_WORDS = 0.75;
  private static final Duration SAVE_INTERVAL = Duration.ofSeconds(10);

  private TokenizerTrainWork() {}

  /**
   * The program.
   *
   * @param words a text file, a folder for what becomes of it, and the number of ids
   */
  public static void main(String[] words) throws Exception {
    Path home = Path.of(words[1]);
    Runtime runtime = Runtime.getRuntime();
    TokenizerTraining training =
        new TokenizerTraining(
            new Artifacts(home),
            new CorpusPlugins(home.resolve("plugins"), new PluginContext(Clock.systemUTC(), home)),
            new UnfinishedTrainings(home),
            new TrainingSettings(
                runtime.availableProcessors(),
                (long) (SHARE_FOR_WORDS * runtime.maxMemory()),
                SAVE_INTERVAL),
            System::nanoTime);
    TrainingRequest request =
        new TrainingRequest(
            "made",
            new CorpusSpec(List.of(SourceSpec.of(words[0])), List.of(), false, 0),
            ModelKind.BPE,
            VocabularySpec.of(Integer.parseInt(words[2])),
            0,
            0);
    long start = System.nanoTime();
    TokenizerTraining.Trained trained = training.train(request, (_, _, _, _) -> {});
    double seconds = (System.nanoTime() - start) / 1e9;
    if (!trained.pruned().equals(PrunedWords.NONE)) {
      throw new IllegalStateException("the heap holds not all words: " + trained.pruned());
    }
    System.out.println(
        new ObjectMapper()
            .writeValueAsString(
                Map.of(
                    "seconds",
                    seconds,
                    "megabytes",
                    peakHeap() / 1e6,
                    "tokenizer",
                    trained.artifact().file().toString())));
  }

  /** Bytes, those of objects that nobody needed any more included. */
  private static long peakHeap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(peak -> peak.getUsed())
        .sum();
  }
}
