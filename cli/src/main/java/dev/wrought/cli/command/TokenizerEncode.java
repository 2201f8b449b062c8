package dev.wrought.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.UnsafeByteOperations;
import dev.wrought.cli.client.Failures;
import dev.wrought.cli.client.Services;
import dev.wrought.cli.terminal.Json;
import dev.wrought.core.error.ExitCode;
import dev.wrought.core.text.Utf8;
import dev.wrought.core.tokenizer.EncodingOptions;
import dev.wrought.core.tokenizer.Tokenizer;
import dev.wrought.core.tokenizer.TokenizerFile;
import dev.wrought.proto.tokenizer.v1.EncodeBatchRequest;
import dev.wrought.proto.tokenizer.v1.EncodeOptions;
import dev.wrought.proto.tokenizer.v1.EncodeResponse;
import dev.wrought.proto.tokenizer.v1.EncodedText;
import dev.wrought.proto.tokenizer.v1.InspectTokenizerRequest;
import dev.wrought.proto.tokenizer.v1.Text;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.stream.Stream;
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

  private Optional<Tokenizer> kept = Optional.empty();

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

  /** What encodes texts, in their order. */
  private interface Encoder {
    Stream<Encoded> encode(List<byte[]> texts);
  }

  @Override
  public Integer call() {
    Optional<byte[]> text = tokenizer.only().map(Utf8::bytesOf);
    Optional<Tokenizer> offline = tokenizer.offline(common.workplace());
    if (offline.isPresent()) {
      encode(text, texts -> offline(offline.get(), texts));
    } else {
      try (Services services = common.services()) {
        encode(text, texts -> online(services, texts));
      }
    }
    return ExitCode.OK.code();
  }

  private void encode(Optional<byte[]> text, Encoder encoder) {
    TextBatch batch = new TextBatch(texts -> encoder.encode(texts).forEach(this::show));
    if (!lines) {
      batch.add(text.orElseGet(Input::standard));
    } else if (text.isPresent()) {
      Input.lines(text.get(), batch::add);
    } else {
      Input.standardLines(batch::add, () -> answer(batch));
    }
    batch.send();
  }

  /** Whoever sends a line and waits for its ids has them. */
  private void answer(TextBatch batch) {
    batch.send();
    common.terminal().flush();
  }

  private Stream<Encoded> offline(Tokenizer offline, List<byte[]> texts) {
    return texts.stream().map(text -> offline(offline, text));
  }

  private Encoded offline(Tokenizer offline, byte[] text) {
    int[] ids = offline.encode(text, options());
    return new Encoded(ids, place -> offline.bytesOf(ids[place]));
  }

  private EncodingOptions options() {
    return new EncodingOptions(allowSpecial, !noSpecial, maxTokens, false);
  }

  /** By the service, or, if a text is longer than it takes, by the file that it keeps. */
  private Stream<Encoded> online(Services services, List<byte[]> texts) {
    if (texts.getFirst().length > TextBatch.MOST_BYTES) {
      return offline(kept(services), texts);
    }
    EncodeBatchRequest.Builder request =
        EncodeBatchRequest.newBuilder()
            .setTokenizer(tokenizer.text())
            .setOptions(
                EncodeOptions.newBuilder()
                    .setAllowSpecial(allowSpecial)
                    .setAddSpecial(!noSpecial)
                    .setMaxTokens(maxTokens)
                    .setWithPieces(shown.pieces || common.json));
    texts.forEach(
        text -> request.addTexts(Text.newBuilder().setRaw(UnsafeByteOperations.unsafeWrap(text))));
    return services.tokenizer().encodeBatch(request.build()).getTextsList().stream()
        .map(TokenizerEncode::encoded);
  }

  /** Read once, however many long texts there are. */
  private Tokenizer kept(Services services) {
    if (kept.isEmpty()) {
      InspectTokenizerRequest request =
          InspectTokenizerRequest.newBuilder().setTokenizer(tokenizer.text()).build();
      Path file = Path.of(services.tokenizer().inspect(request).getFile());
      kept = Optional.of(TokenizerFile.read(file));
    }
    return kept.get();
  }

  private static Encoded encoded(EncodedText text) {
    if (text.hasError()) {
      throw Failures.of(text.getError());
    }
    EncodeResponse response = text.getEncoding();
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
