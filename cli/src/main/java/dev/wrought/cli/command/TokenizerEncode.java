package dev.wrought.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import dev.wrought.cli.client.Services;
import dev.wrought.cli.terminal.Json;
import dev.wrought.core.error.ExitCode;
import dev.wrought.core.tokenizer.Tokenizer;
import dev.wrought.proto.tokenizer.v1.EncodeRequest;
import dev.wrought.proto.tokenizer.v1.EncodeResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wrought tokenizer encode}. */
@Command(
    name = "encode",
    description = {
      "Turn text into token ids.",
      "",
      "With the path of a tokenizer.json this works without the platform."
    })
final class TokenizerEncode implements Callable<Integer> {
  @Mixin private final Common common;

  @Mixin private final TokenizerChoice tokenizer = new TokenizerChoice();

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "TEXT",
      description = "The text; standard input, as bytes, if it is left out.")
  private @Nullable String text;

  @Option(
      names = "--allow-special",
      description = "Special tokens written in the text become their ids.")
  private boolean allowSpecial;

  @Option(names = "--pieces", description = "Show what each token stands for, one a line.")
  private boolean pieces;

  TokenizerEncode(Workplace workplace) {
    this.common = new Common(workplace);
  }

  /** One token: its id and its bytes. */
  private record Piece(int id, byte[] bytes) {
    String text() {
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  @Override
  public Integer call() {
    List<Piece> encoded =
        tokenizer.offline(common.workplace()).map(this::offline).orElseGet(this::online);
    if (common.json) {
      common.terminal().result(Json.line(json(encoded)));
    } else if (pieces) {
      encoded.forEach(
          piece -> common.terminal().result("%7d  %s".formatted(piece.id(), quoted(piece))));
    } else {
      common
          .terminal()
          .result(
              encoded.stream()
                  .map(piece -> Integer.toString(piece.id()))
                  .collect(Collectors.joining(" ")));
    }
    return ExitCode.OK.code();
  }

  private List<Piece> offline(Tokenizer offline) {
    int[] ids;
    if (text == null) {
      byte[] input = Input.standard();
      ids = allowSpecial ? offline.encodeWithSpecial(input) : offline.encode(input);
    } else {
      ids = allowSpecial ? offline.encodeWithSpecial(text) : offline.encode(text);
    }
    return Arrays.stream(ids).mapToObj(id -> new Piece(id, offline.bytesOf(id))).toList();
  }

  private List<Piece> online() {
    EncodeRequest.Builder request =
        EncodeRequest.newBuilder()
            .setTokenizer(tokenizer.text())
            .setAllowSpecial(allowSpecial)
            .setWithPieces(pieces || common.json);
    if (text == null) {
      request.setRaw(ByteString.copyFrom(Input.standard()));
    } else {
      request.setText(text);
    }
    try (Services services = common.services()) {
      EncodeResponse response = services.tokenizer().encode(request.build());
      return IntStream.range(0, response.getIdsCount())
          .mapToObj(i -> new Piece(response.getIds(i), bytes(response, i)))
          .toList();
    }
  }

  private static byte[] bytes(EncodeResponse response, int i) {
    return i < response.getPiecesCount() ? response.getPieces(i).toByteArray() : new byte[0];
  }

  private static ObjectNode json(List<Piece> encoded) {
    ArrayNode ids = Json.array();
    ArrayNode texts = Json.array();
    encoded.forEach(piece -> {
      ids.add(piece.id());
      texts.add(piece.text());
    });
    ObjectNode result = Json.object().put("count", encoded.size());
    result.set("ids", ids);
    result.set("pieces", texts);
    return result;
  }

  /** As a JSON string: blanks and line breaks can be told apart. */
  private static String quoted(Piece piece) {
    return Json.line(piece.text());
  }
}
