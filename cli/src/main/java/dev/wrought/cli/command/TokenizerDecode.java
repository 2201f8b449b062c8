package dev.wrought.cli.command;

import dev.wrought.cli.client.Services;
import dev.wrought.cli.terminal.Json;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.ExitCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.tokenizer.Tokenizer;
import dev.wrought.proto.tokenizer.v1.DecodeRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wrought tokenizer decode}. */
@Command(
    customSynopsis = {
      "wrought tokenizer decode [OPTIONS] TOKENIZER [ID...]",
      "wrought tokenizer decode [OPTIONS] --tokenizer TOKENIZER [ID...]"
    },
    description = {
      "Turn token ids into text, byte for byte.",
      "",
      "The ids are standard input, divided by blanks or commas, if they are left out.",
      "With the path of a tokenizer's file this works without the platform."
    })
final class TokenizerDecode implements Callable<Integer> {
  @Mixin private final Common common;

  @Mixin private final TokenizerChoice tokenizer = new TokenizerChoice();

  @Option(names = "--skip-special", description = "Leave special tokens out.")
  private boolean skipSpecial;

  TokenizerDecode(Workplace workplace) {
    this.common = new Common(workplace);
  }

  @Override
  public Integer call() {
    // First the file: nobody should type ids for one that is not there.
    Optional<Tokenizer> file = tokenizer.offline(common.workplace());
    int[] tokens = tokens();
    byte[] bytes = file.map(offline -> offline(offline, tokens)).orElseGet(() -> online(tokens));
    if (common.json) {
      String text = new String(bytes, StandardCharsets.UTF_8);
      common.terminal().result(Json.line(Json.object().put("text", text).put("bytes", bytes)));
    } else {
      common.terminal().bytes(bytes);
    }
    return ExitCode.OK.code();
  }

  private byte[] offline(Tokenizer offline, int[] tokens) {
    return offline.decode(tokens, skipSpecial);
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
    List<String> ids = tokenizer.rest();
    String text =
        ids.isEmpty()
            ? new String(Input.standard(), StandardCharsets.UTF_8)
            : String.join(" ", ids);
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
