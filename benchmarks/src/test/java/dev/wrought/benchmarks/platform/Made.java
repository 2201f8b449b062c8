package dev.wrought.benchmarks.platform;

import dev.wrought.cli.client.Streams;
import dev.wrought.proto.tokenizer.v1.BuildDatasetProgress;
import dev.wrought.proto.tokenizer.v1.BuildDatasetRequest;
import dev.wrought.proto.tokenizer.v1.Corpus;
import dev.wrought.proto.tokenizer.v1.DatasetInfo;
import dev.wrought.proto.tokenizer.v1.Source;
import dev.wrought.proto.tokenizer.v1.TokenizerInfo;
import dev.wrought.proto.tokenizer.v1.TrainTokenizerProgress;
import dev.wrought.proto.tokenizer.v1.TrainTokenizerRequest;
import dev.wrought.proto.trainer.v1.Run;
import java.nio.file.Path;
import java.util.Optional;

/** What several tests build on, made through the services at first use. One thread. */
final class Made {
  static final String TOKENIZER = "tiny";
  static final String DATASET = "tiny";

  /** Fewer than so small a corpus has merges for. */
  static final int VOCABULARY = 448;

  private final PlatformUnderTest platform;
  private Optional<TokenizerInfo> tokenizer = Optional.empty();
  private Optional<DatasetInfo> dataset = Optional.empty();
  private Optional<Run> undisturbed = Optional.empty();

  Made(PlatformUnderTest platform) {
    this.platform = platform;
  }

  TokenizerInfo tokenizer() {
    if (tokenizer.isEmpty()) {
      TrainTokenizerRequest request =
          TrainTokenizerRequest.newBuilder()
              .setName(TOKENIZER)
              .setCorpus(corpus())
              .setVocabularySize(VOCABULARY)
              .build();
      TrainTokenizerProgress last =
          Streams.last(platform.services().tokenizer().train(request), progress -> {});
      tokenizer = Optional.of(last.getResult());
    }
    return tokenizer.orElseThrow();
  }

  DatasetInfo dataset() {
    tokenizer();
    if (dataset.isEmpty()) {
      BuildDatasetRequest request =
          BuildDatasetRequest.newBuilder()
              .setName(DATASET)
              .setTokenizer(TOKENIZER)
              .setCorpus(corpus())
              .setValidationFraction(0.1)
              .build();
      BuildDatasetProgress last =
          Streams.last(platform.services().tokenizer().buildDataset(request), progress -> {});
      dataset = Optional.of(last.getResult());
    }
    return dataset.orElseThrow();
  }

  /** The run of {@link TinyRecipe#STEPS} steps that has ended in peace. */
  Run undisturbed() {
    dataset();
    if (undisturbed.isEmpty()) {
      Runs runs = new Runs(platform.services());
      runs.submit(TinyRecipe.of("undisturbed"));
      runs.awaitEnd("undisturbed");
      undisturbed = Optional.of(runs.get("undisturbed"));
    }
    return undisturbed.orElseThrow();
  }

  private Corpus corpus() {
    Path folder = TinyCorpus.write(platform.home().folder().resolve("corpus"));
    return Corpus.newBuilder()
        .addSources(Source.newBuilder().setPath(folder.toString()))
        .setDeduplicate(true)
        .build();
  }
}
