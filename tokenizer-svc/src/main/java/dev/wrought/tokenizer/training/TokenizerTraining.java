package dev.wrought.tokenizer.training;

import dev.wrought.core.artifact.Artifact;
import dev.wrought.core.artifact.ArtifactKind;
import dev.wrought.core.artifact.Artifacts;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.tokenizer.BpeTrainer;
import dev.wrought.core.tokenizer.PrunedWords;
import dev.wrought.core.tokenizer.Tokenizer;
import dev.wrought.core.tokenizer.TokenizerConfig;
import dev.wrought.core.tokenizer.TokenizerJson;
import dev.wrought.core.tokenizer.UnigramTrainer;
import dev.wrought.core.tokenizer.WordCounts;
import dev.wrought.tokenizer.corpus.Corpus;
import dev.wrought.tokenizer.corpus.CorpusPlugins;
import dev.wrought.tokenizer.training.TrainingProgress.Phase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Trains tokenizers and publishes them. The result depends on the corpus and the request only, not
 * on the number of threads, nor on how often the work was interrupted: what is done is saved now
 * and then, and the same request goes on from there. Thread-safe; each call uses the threads it was
 * built with.
 */
public final class TokenizerTraining {
  private final Artifacts artifacts;
  private final CorpusPlugins plugins;
  private final UnfinishedTrainings unfinished;
  private final TrainingSettings settings;
  private final LongSupplier nanoTime;

  /**
   * @param nanoTime a monotonic clock
   */
  public TokenizerTraining(
      Artifacts artifacts,
      CorpusPlugins plugins,
      UnfinishedTrainings unfinished,
      TrainingSettings settings,
      LongSupplier nanoTime) {
    this.artifacts = artifacts;
    this.plugins = plugins;
    this.unfinished = unfinished;
    this.settings = settings;
    this.nanoTime = nanoTime;
  }

  /**
   * A tokenizer that was trained.
   *
   * @param dropped documents that were not counted, by reason
   * @param pruned words that were dropped to stay within the memory asked for
   */
  public record Trained(Artifact artifact, Map<String, Long> dropped, PrunedWords pruned) {}

  /**
   * Trains a tokenizer. Where this fails or is stopped, nothing is published, and what was saved
   * stays for the next attempt.
   *
   * @throws WroughtException INVALID_ARGUMENT for more memory than there is, INVALID_DATA for an
   *     empty or broken corpus, OUT_OF_MEMORY for one that has too many words
   */
  public Trained train(TrainingRequest request, TrainingProgress progress) {
    checkMemory(request);
    progress.at(Phase.READING, 0, 0, 0);
    SavePoints savePoints =
        new SavePoints(unfinished, TrainingKey.of(request), settings.saveInterval(), nanoTime);
    Learned learned =
        switch (request.model()) {
          case BPE -> bpe(request, savePoints, progress);
          case UNIGRAM -> unigram(request, savePoints, progress);
        };
    TrainingState.Facts facts = learned.facts();
    progress.at(Phase.WRITING, 0, facts.bytesRead(), learned.tokenizer().merges());
    Artifact published = publish(request.name(), learned.tokenizer());
    savePoints.forget();
    return new Trained(published, facts.dropped(), facts.pruned());
  }

  /** What came of a corpus. */
  private record Learned(Tokenizer tokenizer, TrainingState.Facts facts) {}

  private Learned bpe(TrainingRequest request, SavePoints savePoints, TrainingProgress progress) {
    TrainingState.Merging counted = counted(request, savePoints, progress);
    return new Learned(merge(counted, savePoints, progress), counted.facts());
  }

  /** Goes on from words that an earlier attempt has counted; what they teach is learnt at once. */
  private Learned unigram(
      TrainingRequest request, SavePoints savePoints, TrainingProgress progress) {
    if (!(savePoints.saved(request.model(), request.vocabulary())
        instanceof TrainingState.Counting some)) {
      throw new IllegalStateException("merges of a model that has none");
    }
    tellResumed(some, progress);
    try (Corpus corpus = plugins.open(request.corpus());
        Tally tally = new Tally(some, request, settings, savePoints)) {
      Counting counting = new Counting(corpus, request, tally, progress);
      WordCounts counts = counting.count(settings.threads());
      long bytes = counting.facts().bytesRead();
      Tokenizer tokenizer =
          UnigramTrainer.train(
              counts,
              request.vocabulary(),
              (left, seeds, wanted) ->
                  progress.at(Phase.MERGING, prunedShare(left, seeds, wanted), bytes, 0));
      return new Learned(tokenizer, counting.facts());
    }
  }

  /** Each round leaves the same share of the pieces: so the time goes with the logarithm. */
  private static double prunedShare(int left, int seeds, int wanted) {
    return left <= wanted || seeds <= wanted
        ? 1
        : Math.log((double) seeds / left) / Math.log((double) seeds / Math.max(1, wanted));
  }

  private static void tellResumed(TrainingState.Counting some, TrainingProgress progress) {
    if (some.position().documents() > 0) {
      progress.resumed(some.position().bytesRead(), 0);
    }
  }

  private void checkMemory(TrainingRequest request) {
    if (request.memoryBytes() > settings.memoryBytes()) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT,
          "memory_bytes is %d, and the tokenizer service has %d for words: ask for less, or start it with a larger heap"
              .formatted(request.memoryBytes(), settings.memoryBytes()));
    }
  }

  /** From wherever an earlier attempt had got to. */
  private TrainingState.Merging counted(
      TrainingRequest request, SavePoints savePoints, TrainingProgress progress) {
    return switch (savePoints.saved(request.model(), request.vocabulary())) {
      case TrainingState.Merging all -> {
        progress.resumed(all.facts().bytesRead(), all.trainer().merges());
        yield all;
      }
      case TrainingState.Counting some -> {
        tellResumed(some, progress);
        yield count(request, some, savePoints, progress);
      }
    };
  }

  private TrainingState.Merging count(
      TrainingRequest request,
      TrainingState.Counting begun,
      SavePoints savePoints,
      TrainingProgress progress) {
    try (Corpus corpus = plugins.open(request.corpus());
        Tally tally = new Tally(begun, request, settings, savePoints)) {
      Counting counting = new Counting(corpus, request, tally, progress);
      BpeTrainer trainer = BpeTrainer.of(counting.count(settings.threads()), request.vocabulary());
      return new TrainingState.Merging(counting.facts(), trainer);
    }
  }

  private static Tokenizer merge(
      TrainingState.Merging counted, SavePoints savePoints, TrainingProgress progress) {
    return counted
        .trainer()
        .learn((merges, wanted) -> {
          progress.at(
              Phase.MERGING, timeShare(merges, wanted), counted.facts().bytesRead(), merges);
          savePoints.offer(() -> counted);
        });
  }

  /**
   * The k-th pair occurs about 1/k times as often as the first (Zipf's law), and takes as much time
   * to merge: so the time goes with the logarithm.
   */
  private static double timeShare(int merges, int wanted) {
    return wanted == 0 ? 1 : Math.log1p(merges) / Math.log1p(wanted);
  }

  private Artifact publish(String name, Tokenizer tokenizer) {
    Path staged = artifacts.stage(ArtifactKind.TOKENIZER);
    try {
      TokenizerJson.write(tokenizer, staged.resolve(TokenizerJson.FILE));
      TokenizerConfig.write(tokenizer, staged);
      return artifacts.publish(ArtifactKind.TOKENIZER, name, tokenizer.digest(), staged);
    } catch (IOException failure) {
      throw new WroughtException(
          ErrorCode.STORAGE,
          "cannot write the tokenizer '" + name + "' to " + staged + ": " + failure.getMessage(),
          failure);
    } finally {
      artifacts.discard(staged);
    }
  }
}
