package dev.wrought.cli.demo;

import dev.wrought.cli.client.Services;
import dev.wrought.cli.client.Streams;
import dev.wrought.cli.terminal.Amounts;
import dev.wrought.cli.terminal.Progress;
import dev.wrought.cli.view.CorpusView;
import dev.wrought.proto.tokenizer.v1.ListTokenizersRequest;
import dev.wrought.proto.tokenizer.v1.TokenizerInfo;
import dev.wrought.proto.tokenizer.v1.TrainTokenizerRequest;
import java.util.Optional;

/** Text to tokenizer, by tokenizer-svc. */
record TokenizerStage(Services services, Narration narration, MadeBefore before) {
  static final String NAME = "demo";
  private static final String KIND = "tokenizer";
  private static final int VOCABULARY = 8192;

  /** More than this changes few merges, and takes longer than it is worth here. */
  private static final long SAMPLE_BYTES = 24_000_000;

  TokenizerInfo run(DemoCorpus corpus, boolean fresh) {
    narration.stage(
        "Tokenizer",
        "finds the %s pieces that text is best put together from"
            .formatted(Amounts.exact(VOCABULARY)));
    TrainTokenizerRequest request =
        TrainTokenizerRequest.newBuilder()
            .setName(NAME)
            .setCorpus(corpus.message())
            .setVocabularySize(VOCABULARY)
            .setSampleBytes(SAMPLE_BYTES)
            .build();
    String fingerprint = CorpusFingerprint.of(request, corpus.path());
    TokenizerInfo info =
        (fresh ? Optional.<TokenizerInfo>empty() : madeBefore(fingerprint))
            .orElseGet(() -> train(request, fingerprint));
    narration.keep("tokenizer %s (%s)".formatted(NAME, info.getPath()));
    return info;
  }

  private Optional<TokenizerInfo> madeBefore(String fingerprint) {
    Optional<TokenizerInfo> found =
        before
            .digest(KIND, fingerprint)
            .flatMap(digest ->
                services
                    .tokenizer()
                    .listTokenizers(ListTokenizersRequest.getDefaultInstance())
                    .getTokenizersList()
                    .stream()
                    .filter(info -> info.getName().equals(NAME))
                    .filter(info -> info.getDigest().equals(digest))
                    .findFirst());
    found.ifPresent(info ->
        narration.say(
            "tokenizer %s from before: same corpus, same settings; %s"
                .formatted(NAME, CorpusView.summary(info))));
    return found;
  }

  private TokenizerInfo train(TrainTokenizerRequest request, String fingerprint) {
    try (Progress progress = new Progress(narration.terminal(), "tokenizer " + NAME)) {
      TokenizerInfo info =
          Streams.last(services.tokenizer().train(request), step -> CorpusView.show(progress, step))
              .getResult();
      before.remember(KIND, fingerprint, info.getDigest());
      progress.done(
          "%s, in %s".formatted(CorpusView.summary(info), Amounts.duration(progress.elapsed())));
      return info;
    }
  }
}
