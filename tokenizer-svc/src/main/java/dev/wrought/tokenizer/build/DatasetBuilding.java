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
import dev.wrought.tokenizer.report.DatasetReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Builds datasets and publishes them. The result depends on the corpus, the tokenizer and the
 * request only, not on the number of threads: built twice, a dataset has the same digest.
 * Thread-safe.
 */
public final class DatasetBuilding {
  private final Artifacts artifacts;
  private final CorpusPlugins plugins;
  private final UnfinishedBuilds unfinished;
  private final Clock clock;
  private final BuildSettings settings;

  public DatasetBuilding(
      Artifacts artifacts,
      CorpusPlugins plugins,
      UnfinishedBuilds unfinished,
      Clock clock,
      BuildSettings settings) {
    this.artifacts = artifacts;
    this.plugins = plugins;
    this.unfinished = unfinished;
    this.clock = clock;
    this.settings = settings;
  }

  /**
   * Builds a dataset. Where this fails or is stopped, nothing is published, and the shards that are
   * finished stay for the next attempt.
   *
   * @param tokenizer the one that the request names
   * @throws WroughtException INVALID_DATA for a corpus that is broken or too small, STORAGE
   */
  public Dataset build(BuildRequest request, Tokenizer tokenizer, BuildProgress progress) {
    progress.at(Phase.READING, 0, 0, 0, 0);
    try (Corpus corpus = plugins.open(request.corpus());
        UnfinishedBuild build =
            unfinished.begin(
                request.name(), BuildInputs.of(request, tokenizer, settings), progress)) {
      Dataset sealed = write(build, corpus, request, tokenizer, progress);
      Artifact published =
          artifacts.publish(ArtifactKind.DATASET, request.name(), sealed.digest(), build.files());
      return Dataset.open(published.folder());
    } catch (IOException | UncheckedIOException failure) {
      throw new WroughtException(
          ErrorCode.STORAGE,
          "cannot write the dataset '%s': %s; check the permissions and the free space of the home"
              .formatted(request.name(), failure),
          failure);
    }
  }

  private Dataset write(
      UnfinishedBuild build,
      Corpus corpus,
      BuildRequest request,
      Tokenizer chosen,
      BuildProgress progress)
      throws IOException {
    Tokenizer tokenizer = ownTokenizer(request.tokenizer().file(), build.files(), chosen);
    try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor();
        SplitWriter splits =
            new SplitWriter(
                build,
                new ShardSpec(tokenizer.vocabularySize(), settings.shardTokens(), writers),
                request.validationFraction());
        CorpusReader reader = new CorpusReader(corpus, settings.threads())) {
      Encoding encoding = new Encoding(corpus, build, splits, progress);
      encoding.run(reader, tokenizer);
      encoding.report(Phase.WRITING);
      splits.finish();
      DatasetFacts facts = facts(request, tokenizer, splits, encoding);
      DatasetReport.of(facts, tokenizer, build.files(), splits.occurrences()).write(build.files());
      return Dataset.seal(build.files(), facts, splits.files());
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
