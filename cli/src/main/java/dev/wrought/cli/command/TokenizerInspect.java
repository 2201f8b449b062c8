package dev.wrought.cli.command;

import dev.wrought.cli.client.Services;
import dev.wrought.cli.terminal.Amounts;
import dev.wrought.cli.terminal.Json;
import dev.wrought.cli.terminal.Table;
import dev.wrought.cli.terminal.Terminal;
import dev.wrought.core.error.ExitCode;
import dev.wrought.proto.tokenizer.v1.InspectTokenizerRequest;
import dev.wrought.proto.tokenizer.v1.Token;
import dev.wrought.proto.tokenizer.v1.TokenizerInfo;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wrought tokenizer inspect}. */
@Command(description = "Show a tokenizer: its size, special tokens, vocabulary.")
final class TokenizerInspect implements Callable<Integer> {
  @Mixin private final Common common;

  @Mixin private final TokenizerChoice tokenizer = new TokenizerChoice();

  @Option(
      names = "--first",
      paramLabel = "ID",
      defaultValue = "0",
      description = "The first id of the page (default: ${DEFAULT-VALUE}).")
  private int first;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "0",
      description = "How many tokens to list, at most 1000 (default: none).")
  private int count;

  TokenizerInspect(Workplace workplace) {
    this.common = new Common(workplace);
  }

  @Override
  public Integer call() {
    tokenizer.nothingElse();
    String asked =
        tokenizer.file(common.workplace()).map(Object::toString).orElse(tokenizer.text());
    InspectTokenizerRequest request =
        InspectTokenizerRequest.newBuilder()
            .setTokenizer(asked)
            .setFirst(first)
            .setCount(count)
            .build();
    try (Services services = common.services()) {
      TokenizerInfo info = services.tokenizer().inspect(request);
      if (common.json) {
        common.print(info);
      } else {
        show(info);
      }
    }
    return ExitCode.OK.code();
  }

  private void show(TokenizerInfo info) {
    Terminal terminal = common.terminal();
    terminal.result("name        " + info.getName());
    terminal.result("digest      " + info.getDigest());
    terminal.result("model       " + info.getModel());
    terminal.result("vocabulary  " + Amounts.exact(info.getVocabularySize()));
    terminal.result("merges      " + Amounts.exact(info.getMerges()));
    terminal.result("special     " + special(info.getSpecialTokensList()));
    terminal.result("path        " + info.getPath());
    if (info.getTokensCount() > 0) {
      Table table = new Table(">ID", "TOKEN");
      info.getTokensList()
          .forEach(token -> table.row(Integer.toString(token.getId()), Json.line(token.getText())));
      table.print(terminal);
    }
  }

  private static String special(List<Token> tokens) {
    String some = String.join(" ", tokens.stream().limit(8).map(Token::getText).toList());
    return tokens.size() > 8 ? "%s ... (%d)".formatted(some, tokens.size()) : some;
  }
}
