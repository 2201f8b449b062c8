package dev.wrought.cli.command;

import dev.wrought.cli.client.Services;
import dev.wrought.cli.terminal.Amounts;
import dev.wrought.cli.view.CorpusWork;
import dev.wrought.core.error.ExitCode;
import dev.wrought.proto.tokenizer.v1.TokenizerInfo;
import dev.wrought.proto.tokenizer.v1.TrainTokenizerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wrought tokenizer train}. */
@Command(
    description = "Train a tokenizer on a corpus.",
    footer = {
      "",
      "Example: wrought tokenizer train jdk-8k --vocabulary 8192 --corpus $JAVA_HOME/lib/src.zip"
    })
final class TokenizerTrain implements Callable<Integer> {
  @Mixin private final Common common;

  @Mixin private final CorpusOptions corpus = new CorpusOptions();

  @Parameters(paramLabel = "NAME", description = "What to call it.")
  private String name = "";

  @Option(
      names = "--model",
      paramLabel = "KIND",
      defaultValue = "bpe",
      description =
          "bpe, which merges bytes, or unigram, the likeliest pieces (default: ${DEFAULT-VALUE}).")
  private String model = "";

  @Option(
      names = "--vocabulary",
      paramLabel = "N",
      defaultValue = "8192",
      description = "Number of tokens, special ones included (default: ${DEFAULT-VALUE}).")
  private int vocabularySize;

  @Option(
      names = "--sample",
      paramLabel = "BYTES",
      defaultValue = "0",
      description =
          "Count at most this much of the corpus, spread over it, as in 50M (default: all).")
  private String sample = "0";

  @Option(
      names = "--memory",
      paramLabel = "BYTES",
      defaultValue = "0",
      description =
          "Keep about as many words in memory as fit in this, as in 300M, and leave out the rarest (default: all).")
  private String memory = "0";

  @Option(
      names = "--reserve",
      paramLabel = "TOKEN",
      description =
          "Reserve a special token of your own, as in '<|tool|>'; may be given several times.")
  private List<String> reserved = new ArrayList<>();

  @Option(
      names = "--pad-to",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Round the number of tokens up to a multiple of this, with unused ones (default: leave it).")
  private int padToMultiple;

  TokenizerTrain(Workplace workplace) {
    this.common = new Common(workplace);
  }

  @Override
  public Integer call() {
    TrainTokenizerRequest request =
        TrainTokenizerRequest.newBuilder()
            .setName(name)
            .setCorpus(corpus.corpus(common.workplace()))
            .setModel(model)
            .setVocabularySize(vocabularySize)
            .setSampleBytes(Sizes.bytes("--sample", sample))
            .setMemoryBytes(Sizes.bytes("--memory", memory))
            .addAllReservedTokens(reserved)
            .setPadToMultiple(padToMultiple)
            .build();
    try (Services services = common.services();
        PartingWords _ =
            PartingWords.prepared(
                common.terminal(),
                "\nstopped; the same command again goes on from what was saved")) {
      print(new CorpusWork(services, common.terminal()).train(request));
    }
    common.suggest(
        "./wrought dataset build NAME --tokenizer %s --corpus ...".formatted(name),
        "text to token shards");
    return ExitCode.OK.code();
  }

  private void print(TokenizerInfo result) {
    if (result.getVocabularySize() < vocabularySize) {
      common
          .terminal()
          .note(
              "%s tokens instead of %s: no other pair within a word occurs twice in what was read; a larger corpus or --sample has more"
                  .formatted(
                      Amounts.exact(result.getVocabularySize()), Amounts.exact(vocabularySize)));
    }
    if (common.json) {
      common.print(result);
    } else {
      common.terminal().result(result.getName() + "@" + result.getDigest());
    }
  }
}
