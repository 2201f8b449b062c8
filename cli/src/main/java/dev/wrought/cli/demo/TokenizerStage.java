package dev.wrought.cli.demo;

import dev.wrought.cli.client.Services;
import dev.wrought.cli.terminal.Amounts;
import dev.wrought.cli.view.CorpusView;
import dev.wrought.cli.view.CorpusWork;
import dev.wrought.proto.tokenizer.v1.ListTokenizersRequest;
import dev.wrought.proto.tokenizer.v1.TokenizerInfo;
import dev.wrought.proto.tokenizer.v1.TrainTokenizerRequest;
import java.util.List;
import java.util.Optional;

/** Text to tokenizer, by tokenizer-svc. */
record TokenizerStage(Services services, Narration narration, MadeBefore before) {
  static final String NAME = "demo";
  private static final String KIND = "tokenizer";

  /**
   * Large for so small a model: where little can be read, much is known as soon as the pieces are.
   * On the JDK's sources, 4 layers of 128, AdamW, after 100 seconds: 2.13 bits per byte with 2,048
   * tokens and 1.86 with 16,384.
   */
  private static final int VOCABULARY = 16_384;

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
    Optional<TokenizerInfo> standing = fresh ? Optional.empty() : madeBefore(fingerprint);
    TokenizerInfo info = standing.orElseGet(() -> make(request, fingerprint));
    narration.keep("tokenizer %s (%s)".formatted(NAME, info.getPath()));
    return info;
  }

  private Optional<TokenizerInfo> madeBefore(String fingerprint) {
    List<TokenizerInfo> standing =
        services
            .tokenizer()
            .listTokenizers(ListTokenizersRequest.getDefaultInstance())
            .getTokenizersList()
            .stream()
            .filter(info -> info.getName().equals(NAME))
            .toList();
    Optional<TokenizerInfo> found =
        before.find(KIND, fingerprint, standing, TokenizerInfo::getDigest);
    found.ifPresent(info ->
        narration.say(
            "%s %s from before: same corpus, same settings; %s"
                .formatted(KIND, NAME, CorpusView.summary(info))));
    return found;
  }

  private TokenizerInfo make(TrainTokenizerRequest request, String fingerprint) {
    TokenizerInfo info = new CorpusWork(services, narration.terminal()).train(request);
    before.remember(KIND, fingerprint, info.getDigest());
    return info;
  }
}
