package dev.wrought.cli.command;

import dev.wrought.cli.client.Services;
import dev.wrought.cli.terminal.Json;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.ExitCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.tokenizer.SpecialToken;
import dev.wrought.core.tokenizer.Tokenizer;
import dev.wrought.proto.tokenizer.v1.DecodeRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wrought tokenizer decode}. */
@Command(
    name = "decode",
    description = {
      "Turn token ids into text, byte for byte.",
      "",
      "With the path of a tokenizer.json this works without the platform."
    })
final class TokenizerDecode implements Callable<Integer> {
  @Mixin private final Common common;

  @Mixin private final TokenizerChoice tokenizer = new TokenizerChoice();

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "ID",
      description = "The ids; standard input, divided by blanks or commas, if they are left out.")
  private @Nullable List<String> ids;

  @Option(names = "--skip-special", description = "Leave special tokens out.")
  private boolean skipSpecial;

  TokenizerDecode(Workplace workplace) {
    this.common = new Common(workplace);
  }

  @Override
  public Integer call() {
    int[] tokens = tokens();
    byte[] bytes =
        tokenizer
            .offline(common.workplace())
            .map(offline -> offline(offline, tokens))
            .orElseGet(() -> online(tokens));
    if (common.json) {
      String text = new String(bytes, StandardCharsets.UTF_8);
      common.terminal().result(Json.line(Json.object().put("text", text).put("bytes", bytes)));
    } else {
      common.terminal().bytes(bytes);
    }
    return ExitCode.OK.code();
  }

  private byte[] offline(Tokenizer offline, int[] tokens) {
    Set<Integer> special =
        offline.specialTokens().stream().map(SpecialToken::id).collect(Collectors.toSet());
    int[] kept =
        Arrays.stream(tokens).filter(id -> !skipSpecial || !special.contains(id)).toArray();
    return offline.decode(kept);
  }

  private byte[] online(int[] tokens) {
    DecodeRequest request =
        DecodeRequest.newBuilder()
            .setTokenizer(tokenizer.text())
            .addAllIds(IntStream.of(tokens).boxed().toList())
            .setSkipSpecial(skipSpecial)
            .build();
    try (Services services = common.services()) {
      return services.tokenizer().decode(request).getRaw().toByteArray();
    }
  }

  private int[] tokens() {
    String text =
        ids == null ? new String(Input.standard(), StandardCharsets.UTF_8) : String.join(" ", ids);
    return Arrays.stream(text.strip().split("[\\s,\\[\\]]+"))
        .filter(word -> !word.isEmpty())
        .mapToInt(TokenizerDecode::id)
        .toArray();
  }

  private static int id(String word) {
    if (!word.matches("[0-9]{1,9}")) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT, "'" + word + "' is not a token id: ids are whole numbers");
    }
    return Integer.parseInt(word);
  }
}
