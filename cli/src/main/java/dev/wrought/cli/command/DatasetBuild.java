package dev.wrought.cli.command;

import dev.wrought.cli.client.Services;
import dev.wrought.cli.terminal.Amounts;
import dev.wrought.cli.view.CorpusWork;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.ExitCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.recipe.ValidationSpec;
import dev.wrought.proto.tokenizer.v1.BuildDatasetRequest;
import dev.wrought.proto.tokenizer.v1.DatasetInfo;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wrought dataset build}. */
@Command(
    description = "Encode a corpus into token shards, with a part held out for measuring.",
    footer = {
      "",
      "Example: wrought dataset build jdk --tokenizer jdk-8k --corpus $JAVA_HOME/lib/src.zip"
    })
final class DatasetBuild implements Callable<Integer> {
  @Mixin private final Common common;

  @Mixin private final CorpusOptions corpus = new CorpusOptions();

  @Parameters(paramLabel = "NAME", description = "What to call it.")
  private String name = "";

  @Option(
      names = "--tokenizer",
      paramLabel = "NAME",
      required = true,
      description = "The tokenizer: a name or name@digest.")
  private String tokenizer = "";

  @Option(
      names = "--validation",
      paramLabel = "SHARE",
      defaultValue = "0.01",
      description = "Share of the documents to hold out (default: ${DEFAULT-VALUE}).")
  private double validation;

  DatasetBuild(Workplace workplace) {
    this.common = new Common(workplace);
  }

  @Override
  public Integer call() {
    if (validation == 0) { // which the service takes for not given
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT, "--validation is 0; it must be above 0 and below 0.5");
    }
    BuildDatasetRequest request =
        BuildDatasetRequest.newBuilder()
            .setName(name)
            .setTokenizer(tokenizer)
            .setCorpus(corpus.corpus(common.workplace()))
            .setValidationFraction(validation)
            .build();
    try (Services services = common.services();
        PartingWords _ =
            PartingWords.prepared(
                common.terminal(),
                "\nstopped; the same command again goes on behind the last full shard, or begins anew where none was full")) {
      print(new CorpusWork(services, common.terminal()).build(request));
    }
    common.suggest(
        "./wrought train RECIPE",
        "with tokenizer: %s and dataset: %s in a copy of recipes/llama-small.yaml"
            .formatted(tokenizer, name));
    return ExitCode.OK.code();
  }

  private void print(DatasetInfo result) {
    long heldOut = result.getValidation().getTokens();
    if (heldOut < ValidationSpec.USUAL_TOKENS) {
      common
          .terminal()
          .note(
              "%s tokens are held out, fewer than a measurement takes by default (%s): held-out loss will be rough; a larger corpus or --validation holds out more"
                  .formatted(Amounts.exact(heldOut), Amounts.exact(ValidationSpec.USUAL_TOKENS)));
    }
    if (common.json) {
      common.print(result);
      return;
    }
    common.terminal().result(result.getName() + "@" + result.getDigest());
  }
}
