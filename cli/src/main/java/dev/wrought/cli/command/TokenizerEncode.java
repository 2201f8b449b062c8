package dev.wrought.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import dev.wrought.cli.client.Services;
import dev.wrought.cli.terminal.Json;
import dev.wrought.core.error.ExitCode;
import dev.wrought.core.text.Utf8;
import dev.wrought.core.tokenizer.EncodingOptions;
import dev.wrought.core.tokenizer.Tokenizer;
import dev.wrought.proto.tokenizer.v1.EncodeRequest;
import dev.wrought.proto.tokenizer.v1.EncodeResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wrought tokenizer encode}. */
@Command(
    customSynopsis = {
      "wrought tokenizer encode [OPTIONS] TOKENIZER [TEXT]",
      "wrought tokenizer encode [OPTIONS] --tokenizer TOKENIZER [TEXT]"
    },
    description = {
      "Turn text into token ids, as one line divided by blanks.",
      "",
      "TEXT is standard input, as bytes, if it is left out.",
      "With the path of a tokenizer's file this works without the platform."
    })
final class TokenizerEncode implements Callable<Integer> {
  @Mixin private final Common common;

  @Mixin private final TokenizerChoice tokenizer = new TokenizerChoice();

  /** What is shown of the tokens. */
  private static final class Shown {
    @Option(names = "--ids", description = "Show the ids, which is the default.")
    private boolean ids;

    @Option(names = "--pieces", description = "Show what each token stands for, one a line.")
    private boolean pieces;
  }

  @ArgGroup private Shown shown = new Shown();

  @Option(
      names = "--lines",
      description = "Encode each line by itself, without its end; the ids of each are a line.")
  private boolean lines;

  @Option(
      names = "--allow-special",
      description = "Special tokens written in the text become their ids.")
  private boolean allowSpecial;

  @Option(
      names = "--no-special",
      description = "Leave out what the tokenizer adds at the ends, such as BOS and EOS.")
  private boolean noSpecial;

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      defaultValue = "0",
      description = "Cut off what is beyond (default: nothing).")
  private int maxTokens;

  TokenizerEncode(Workplace workplace) {
    this.common = new Common(workplace);
  }

  /**
   * A text's tokens.
   *
   * @param bytes what each stands for, by its place among them
   */
  private record Encoded(int[] ids, IntFunction<byte[]> bytes) {
    String text(int place) {
      return new String(bytes.apply(place), StandardCharsets.UTF_8);
    }
  }

  /** What encodes a text. */
  private interface Encoder {
    Encoded encode(byte[] text);
  }

  @Override
  public Integer call() {
    Optional<byte[]> text = tokenizer.only().map(Utf8::bytesOf);
    Optional<Tokenizer> offline = tokenizer.offline(common.workplace());
    if (offline.isPresent()) {
      encode(text, bytes -> offline(offline.get(), bytes));
    } else {
      try (Services services = common.services()) {
        encode(text, bytes -> online(services, bytes));
      }
    }
    return ExitCode.OK.code();
  }

  private void encode(Optional<byte[]> text, Encoder encoder) {
    Consumer<byte[]> each = bytes -> show(encoder.encode(bytes));
    if (!lines) {
      each.accept(text.orElseGet(Input::standard));
    } else if (text.isPresent()) {
      Input.lines(text.get(), each);
    } else {
      Input.standardLines(each);
    }
  }

  private Encoded offline(Tokenizer offline, byte[] text) {
    int[] ids = offline.encode(text, options());
    return new Encoded(ids, place -> offline.bytesOf(ids[place]));
  }

  private EncodingOptions options() {
    return new EncodingOptions(allowSpecial, !noSpecial, maxTokens, false);
  }

  private Encoded online(Services services, byte[] text) {
    EncodeRequest request =
        EncodeRequest.newBuilder()
            .setTokenizer(tokenizer.text())
            .setRaw(ByteString.copyFrom(text))
            .setAllowSpecial(allowSpecial)
            .setAddSpecial(!noSpecial)
            .setMaxTokens(maxTokens)
            .setWithPieces(shown.pieces || common.json)
            .build();
    EncodeResponse response = services.tokenizer().encode(request);
    int[] ids = response.getIdsList().stream().mapToInt(Integer::intValue).toArray();
    return new Encoded(ids, place -> bytes(response, place));
  }

  private static byte[] bytes(EncodeResponse response, int i) {
    return i < response.getPiecesCount() ? response.getPieces(i).toByteArray() : new byte[0];
  }

  private void show(Encoded encoded) {
    int[] ids = encoded.ids();
    if (common.json) {
      common.terminal().result(Json.line(json(encoded)));
    } else if (shown.pieces) {
      for (int place = 0; place < ids.length; place++) {
        // As a JSON string: blanks and line breaks can be told apart.
        common.terminal().result("%7d  %s".formatted(ids[place], Json.line(encoded.text(place))));
      }
    } else {
      StringBuilder line = new StringBuilder();
      for (int id : ids) {
        line.append(line.isEmpty() ? "" : " ").append(id);
      }
      common.terminal().result(line.toString());
    }
  }

  private static ObjectNode json(Encoded encoded) {
    ArrayNode ids = Json.array();
    ArrayNode texts = Json.array();
    for (int place = 0; place < encoded.ids().length; place++) {
      ids.add(encoded.ids()[place]);
      texts.add(encoded.text(place));
    }
    ObjectNode result = Json.object().put("count", encoded.ids().length);
    result.set("ids", ids);
    result.set("pieces", texts);
    return result;
  }
}
