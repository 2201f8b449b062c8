package dev.wrought.cli.command;

import dev.wrought.cli.client.Services;
import dev.wrought.cli.terminal.Amounts;
import dev.wrought.cli.terminal.Json;
import dev.wrought.cli.terminal.Table;
import dev.wrought.cli.view.Words;
import dev.wrought.core.error.ExitCode;
import dev.wrought.proto.tokenizer.v1.ListTokenizersRequest;
import dev.wrought.proto.tokenizer.v1.TokenizerInfo;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code wrought tokenizer list}. */
@Command(description = "List the stored tokenizers, newest first.")
final class TokenizerList implements Callable<Integer> {
  @Mixin private final Common common;

  TokenizerList(Workplace workplace) {
    this.common = new Common(workplace);
  }

  @Override
  public Integer call() {
    try (Services services = common.services()) {
      List<TokenizerInfo> all =
          services
              .tokenizer()
              .listTokenizers(ListTokenizersRequest.getDefaultInstance())
              .getTokenizersList();
      if (common.json) {
        common.terminal().result(Json.pretty(Json.array(all)));
        return ExitCode.OK.code();
      }
      Table table = new Table("NAME", "DIGEST", ">VOCABULARY", "CREATED");
      all.forEach(info ->
          table.row(
              info.getName(),
              Words.shortDigest(info.getDigest()),
              Amounts.exact(info.getVocabularySize()),
              Words.time(info.getCreated())));
      table.print(common.terminal());
    }
    return ExitCode.OK.code();
  }
}
