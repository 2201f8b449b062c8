package dev.wrought.tokenizer.training;

import dev.wrought.core.artifact.Artifact;
import dev.wrought.core.artifact.ArtifactKind;
import dev.wrought.core.artifact.Artifacts;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.tokenizer.BpeTrainer;
import dev.wrought.core.tokenizer.Tokenizer;
import dev.wrought.core.tokenizer.TokenizerConfig;
import dev.wrought.core.tokenizer.TokenizerJson;
import dev.wrought.core.tokenizer.WordCounts;
import dev.wrought.tokenizer.corpus.Corpus;
import dev.wrought.tokenizer.corpus.CorpusPlugins;
import dev.wrought.tokenizer.training.TrainingProgress.Phase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Trains tokenizers and publishes them. The result depends on the corpus and the request only, not
 * on the number of threads. Thread-safe; each call uses the threads it was built with.
 */
public final class TokenizerTraining {
  private final Artifacts artifacts;
  private final CorpusPlugins plugins;
  private final int threads;

  public TokenizerTraining(Artifacts artifacts, CorpusPlugins plugins, int threads) {
    this.artifacts = artifacts;
    this.plugins = plugins;
    this.threads = threads;
  }

  /**
   * A tokenizer that was trained.
   *
   * @param dropped documents that were not counted, by reason
   */
  public record Trained(Artifact artifact, Map<String, Long> dropped) {}

  /**
   * Trains a tokenizer. Nothing is left behind where this fails or is stopped.
   *
   * @throws WroughtException INVALID_DATA for an empty or broken corpus
   */
  public Trained train(TrainingRequest request, TrainingProgress progress) {
    progress.at(Phase.READING, 0, 0, 0);
    try (Corpus corpus = plugins.open(request.corpus())) {
      Counting counting = new Counting(corpus, request, progress);
      WordCounts counts = counting.count(threads);
      long bytes = counting.bytesRead();
      Tokenizer tokenizer =
          BpeTrainer.train(
              counts,
              request.vocabularySize(),
              (merges, wanted) ->
                  progress.at(
                      Phase.MERGING, wanted == 0 ? 1 : (double) merges / wanted, bytes, merges));
      progress.at(Phase.WRITING, 0, bytes, tokenizer.merges());
      return new Trained(publish(request.name(), tokenizer), counting.dropped());
    }
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
