package dev.wrought.cli.command;

import dev.wrought.cli.client.Services;
import dev.wrought.cli.terminal.Amounts;
import dev.wrought.cli.terminal.Json;
import dev.wrought.cli.terminal.Table;
import dev.wrought.cli.view.Words;
import dev.wrought.core.error.ExitCode;
import dev.wrought.proto.tokenizer.v1.DatasetInfo;
import dev.wrought.proto.tokenizer.v1.ListDatasetsRequest;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code wrought dataset list}. */
@Command(description = "List the stored datasets, newest first.")
final class DatasetList implements Callable<Integer> {
  @Mixin private final Common common;

  DatasetList(Workplace workplace) {
    this.common = new Common(workplace);
  }

  @Override
  public Integer call() {
    try (Services services = common.services()) {
      List<DatasetInfo> all =
          services
              .tokenizer()
              .listDatasets(ListDatasetsRequest.getDefaultInstance())
              .getDatasetsList();
      if (common.json) {
        common.terminal().result(Json.pretty(Json.array(all)));
        return ExitCode.OK.code();
      }
      Table table =
          new Table("NAME", "DIGEST", "TOKENIZER", ">TOKENS", ">HELD OUT", ">WORDS/100", "CREATED");
      all.forEach(info ->
          table.row(
              info.getName(),
              Words.shortDigest(info.getDigest()),
              info.getTokenizer(),
              Amounts.count(info.getTrain().getTokens()),
              Amounts.count(info.getValidation().getTokens()),
              Amounts.decimal(info.getWordsPer100Tokens(), 1),
              Words.time(info.getCreated())));
      table.print(common.terminal());
    }
    return ExitCode.OK.code();
  }
}
