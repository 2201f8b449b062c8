package dev.wrought.cli.demo;

import dev.wrought.cli.client.Services;
import dev.wrought.cli.view.CorpusView;
import dev.wrought.cli.view.CorpusWork;
import dev.wrought.proto.tokenizer.v1.BuildDatasetRequest;
import dev.wrought.proto.tokenizer.v1.DatasetInfo;
import dev.wrought.proto.tokenizer.v1.ListDatasetsRequest;
import dev.wrought.proto.tokenizer.v1.TokenizerInfo;
import java.util.List;
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
    Optional<DatasetInfo> standing = fresh ? Optional.empty() : madeBefore(fingerprint);
    DatasetInfo info = standing.orElseGet(() -> make(request, fingerprint));
    narration.keep("dataset %s (%s)".formatted(NAME, info.getPath()));
    return info;
  }

  private Optional<DatasetInfo> madeBefore(String fingerprint) {
    List<DatasetInfo> standing =
        services
            .tokenizer()
            .listDatasets(ListDatasetsRequest.getDefaultInstance())
            .getDatasetsList()
            .stream()
            .filter(info -> info.getName().equals(NAME))
            .toList();
    Optional<DatasetInfo> found = before.find(KIND, fingerprint, standing, DatasetInfo::getDigest);
    found.ifPresent(info ->
        narration.say(
            "%s %s from before: same corpus, same settings; %s"
                .formatted(KIND, NAME, CorpusView.summary(info))));
    return found;
  }

  private DatasetInfo make(BuildDatasetRequest request, String fingerprint) {
    DatasetInfo info = new CorpusWork(services, narration.terminal()).build(request);
    before.remember(KIND, fingerprint, info.getDigest());
    return info;
  }
}
