package dev.wrought.cli.demo;

import dev.wrought.cli.client.Services;
import dev.wrought.cli.client.Streams;
import dev.wrought.cli.terminal.Amounts;
import dev.wrought.cli.terminal.Progress;
import dev.wrought.cli.view.CorpusView;
import dev.wrought.proto.tokenizer.v1.BuildDatasetRequest;
import dev.wrought.proto.tokenizer.v1.DatasetInfo;
import dev.wrought.proto.tokenizer.v1.ListDatasetsRequest;
import dev.wrought.proto.tokenizer.v1.TokenizerInfo;
import java.util.Optional;

/** Text to token shards, by tokenizer-svc. */
record DatasetStage(Services services, Narration narration, MadeBefore before) {
  static final String NAME = "demo";
  private static final String KIND = "dataset";
  private static final double HELD_OUT = 0.01;

  DatasetInfo run(DemoCorpus corpus, TokenizerInfo tokenizer, boolean fresh) {
    narration.stage(
        "Dataset",
        "writes the corpus as tokens, and puts documents aside that are never trained on");
    BuildDatasetRequest request =
        BuildDatasetRequest.newBuilder()
            .setName(NAME)
            .setTokenizer(tokenizer.getName() + "@" + tokenizer.getDigest())
            .setCorpus(corpus.message())
            .setValidationFraction(HELD_OUT)
            .build();
    String fingerprint = CorpusFingerprint.of(request, corpus.path());
    DatasetInfo info =
        (fresh ? Optional.<DatasetInfo>empty() : madeBefore(fingerprint))
            .orElseGet(() -> build(request, fingerprint));
    narration.keep("dataset %s (%s)".formatted(NAME, info.getPath()));
    return info;
  }

  private Optional<DatasetInfo> madeBefore(String fingerprint) {
    Optional<DatasetInfo> found =
        before
            .digest(KIND, fingerprint)
            .flatMap(digest ->
                services
                    .tokenizer()
                    .listDatasets(ListDatasetsRequest.getDefaultInstance())
                    .getDatasetsList()
                    .stream()
                    .filter(info -> info.getName().equals(NAME))
                    .filter(info -> info.getDigest().equals(digest))
                    .findFirst());
    found.ifPresent(info ->
        narration.say(
            "dataset %s from before: same corpus, same settings; %s"
                .formatted(NAME, CorpusView.summary(info))));
    return found;
  }

  private DatasetInfo build(BuildDatasetRequest request, String fingerprint) {
    try (Progress progress = new Progress(narration.terminal(), "dataset " + NAME)) {
      DatasetInfo info =
          Streams.last(
                  services.tokenizer().buildDataset(request),
                  step -> CorpusView.show(progress, step))
              .getResult();
      before.remember(KIND, fingerprint, info.getDigest());
      progress.done(
          "%s, in %s".formatted(CorpusView.summary(info), Amounts.duration(progress.elapsed())));
      String leftOut = CorpusView.leftOut(info);
      if (!leftOut.isEmpty()) {
        narration.say("left out: " + leftOut);
      }
      return info;
    }
  }
}
