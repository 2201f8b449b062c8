package dev.wrought.tokenizer.grpc;

import com.google.protobuf.ByteString;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.tokenizer.EncodingOptions;
import dev.wrought.core.tokenizer.Tokenizer;
import dev.wrought.proto.tokenizer.v1.CountRequest;
import dev.wrought.proto.tokenizer.v1.EncodeBatchRequest;
import dev.wrought.proto.tokenizer.v1.EncodeOptions;
import dev.wrought.proto.tokenizer.v1.EncodeRequest;
import dev.wrought.proto.tokenizer.v1.Text;
import dev.wrought.tokenizer.encoding.Padding;
import dev.wrought.tokenizer.encoding.TextEncoding;
import dev.wrought.tokenizer.encoding.TextLimits;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Texts to encode and how, as clients send them, checked. */
final class EncodeRequests {
  private static final int MOST_TEXTS = 10_000;
  private static final int BYTES_PER_TOKEN = 4;

  private EncodeRequests() {}

  static TextEncoding how(EncodeOptions message, Tokenizer tokenizer) {
    EncodingOptions options =
        new EncodingOptions(
            message.getAllowSpecial(),
            message.getAddSpecial(),
            message.getMaxTokens(),
            message.getTruncateLeft());
    return new TextEncoding(tokenizer, options, message.getWithOffsets());
  }

  /** The options of the one text that a request has. */
  static EncodeOptions options(EncodeRequest message) {
    return EncodeOptions.newBuilder()
        .setAllowSpecial(message.getAllowSpecial())
        .setWithPieces(message.getWithPieces())
        .setAddSpecial(message.getAddSpecial())
        .setMaxTokens(message.getMaxTokens())
        .setTruncateLeft(message.getTruncateLeft())
        .setWithOffsets(message.getWithOffsets())
        .build();
  }

  /** The text of a request; an empty one if it has none. */
  static byte[] text(EncodeRequest message) {
    ByteString text = message.hasRaw() ? message.getRaw() : message.getTextBytes();
    return checked(text, TextLimits.longest(message.getWithOffsets()));
  }

  static byte[] text(CountRequest message) {
    ByteString text = message.hasRaw() ? message.getRaw() : message.getTextBytes();
    return checked(text, TextLimits.LONGEST_COUNTED);
  }

  /** One of several texts. @throws WroughtException INVALID_ARGUMENT if it is none */
  static byte[] text(Text message, boolean withOffsets) {
    ByteString text =
        switch (message.getInputCase()) {
          case TEXT -> message.getTextBytes();
          case RAW -> message.getRaw();
          case INPUT_NOT_SET ->
              throw new WroughtException(
                  ErrorCode.INVALID_ARGUMENT,
                  "neither text nor raw is given, not even an empty one");
        };
    return checked(text, TextLimits.longest(withOffsets));
  }

  private static byte[] checked(ByteString text, int longest) {
    TextLimits.check("the text's bytes", text.size(), longest);
    return text.toByteArray();
  }

  /** Checks a batch before anything is done for it. @return how many bytes its texts have */
  static int checkSize(EncodeBatchRequest message) {
    TextLimits.check("the number of texts", message.getTextsCount(), MOST_TEXTS);
    int bytes = 0;
    for (Text text : message.getTextsList()) {
      bytes += text.hasRaw() ? text.getRaw().size() : text.getTextBytes().size();
    }
    TextLimits.check(
        "the texts' bytes together",
        bytes,
        TextLimits.longest(message.getOptions().getWithOffsets()));
    return bytes;
  }

  /** About how many bytes of text ids stand for. */
  static int weight(List<Integer> ids) {
    return Math.multiplyExact(BYTES_PER_TOKEN, ids.size());
  }

  static Optional<Padding> padding(EncodeBatchRequest message, Tokenizer tokenizer) {
    if (!message.hasPadding()) {
      return Optional.empty();
    }
    dev.wrought.proto.tokenizer.v1.Padding wanted = message.getPadding();
    OptionalInt id = wanted.hasId() ? OptionalInt.of(wanted.getId()) : OptionalInt.empty();
    return Optional.of(
        Padding.of(wanted.getLength(), wanted.getMultipleOf(), wanted.getLeft(), id, tokenizer));
  }
}
