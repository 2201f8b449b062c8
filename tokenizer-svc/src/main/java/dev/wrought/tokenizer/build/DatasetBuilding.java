package dev.wrought.tokenizer.build;

import dev.wrought.core.artifact.Artifact;
import dev.wrought.core.artifact.ArtifactKind;
import dev.wrought.core.artifact.Artifacts;
import dev.wrought.core.artifact.Sha256;
import dev.wrought.core.dataset.Dataset;
import dev.wrought.core.dataset.DatasetFacts;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.tokenizer.Tokenizer;
import dev.wrought.core.tokenizer.TokenizerJson;
import dev.wrought.tokenizer.build.BuildProgress.Phase;
import dev.wrought.tokenizer.corpus.Corpus;
import dev.wrought.tokenizer.corpus.CorpusPlugins;
import dev.wrought.tokenizer.corpus.CorpusReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;

/**
 * Builds datasets and publishes them. The result depends on the corpus, the tokenizer and the
 * request only, not on the number of threads: built twice, a dataset has the same digest.
 * Thread-safe.
 */
public final class DatasetBuilding {
  private final Artifacts artifacts;
  private final CorpusPlugins plugins;
  private final Clock clock;
  private final int threads;

  public DatasetBuilding(Artifacts artifacts, CorpusPlugins plugins, Clock clock, int threads) {
    this.artifacts = artifacts;
    this.plugins = plugins;
    this.clock = clock;
    this.threads = threads;
  }

  /**
   * Builds a dataset. Nothing is left behind where this fails or is stopped.
   *
   * @param tokenizer the one that the request names
   * @throws WroughtException INVALID_DATA for a corpus that is broken or too small, STORAGE
   */
  public Dataset build(BuildRequest request, Tokenizer tokenizer, BuildProgress progress) {
    progress.at(Phase.READING, 0, 0, 0, 0);
    Path staged = artifacts.stage(ArtifactKind.DATASET);
    try (Corpus corpus = plugins.open(request.corpus())) {
      Dataset sealed = write(staged, corpus, request, tokenizer, progress);
      Artifact published =
          artifacts.publish(ArtifactKind.DATASET, request.name(), sealed.digest(), staged);
      return Dataset.open(published.folder());
    } catch (IOException failure) {
      throw new WroughtException(
          ErrorCode.STORAGE,
          "cannot write the dataset '%s' to %s: %s"
              .formatted(request.name(), staged, failure.getMessage()),
          failure);
    } finally {
      artifacts.discard(staged);
    }
  }

  private Dataset write(
      Path folder, Corpus corpus, BuildRequest request, Tokenizer chosen, BuildProgress progress)
      throws IOException {
    Tokenizer tokenizer = ownTokenizer(request.tokenizer().file(), folder, chosen);
    try (SplitWriter splits =
            new SplitWriter(folder, tokenizer.vocabularySize(), request.validationFraction());
        CorpusReader reader = new CorpusReader(corpus, threads)) {
      Encoding encoding = new Encoding(corpus, splits, progress);
      encoding.run(reader, tokenizer);
      encoding.report(Phase.WRITING);
      splits.finish();
      return Dataset.seal(folder, facts(request, tokenizer, splits, encoding));
    }
  }

  /** The tokenizer as it lies in the dataset: a copy, or what another format says. */
  private static Tokenizer ownTokenizer(Path file, Path folder, Tokenizer chosen)
      throws IOException {
    Path own = folder.resolve(Dataset.TOKENIZER_FILE);
    if (!file.toString().endsWith(".json") || file.endsWith("vocab.json")) {
      TokenizerJson.write(chosen, own);
      return TokenizerJson.read(own);
    }
    Files.copy(file, own);
    if (!Sha256.of(own).equals(chosen.digest())) {
      throw new WroughtException(
          ErrorCode.DIGEST_MISMATCH,
          file + " was changed while it was read; build the dataset again");
    }
    return chosen;
  }

  private DatasetFacts facts(
      BuildRequest request, Tokenizer tokenizer, SplitWriter splits, Encoding encoding) {
    return new DatasetFacts(
        request.name(),
        clock.instant().truncatedTo(ChronoUnit.SECONDS).toString(),
        new DatasetFacts.TokenizerFacts(
            request.tokenizer().name(), tokenizer.digest(), tokenizer.vocabularySize()),
        new DatasetFacts.CorpusFacts(
            encoding.sources(),
            request.corpus().filters(),
            request.corpus().deduplicate(),
            request.corpus().nearDuplicates(),
            request.validationFraction()),
        splits.trainCounts(),
        splits.validationCounts(),
        encoding.dropped());
  }
}
