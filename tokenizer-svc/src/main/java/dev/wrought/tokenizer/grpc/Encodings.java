package dev.wrought.tokenizer.grpc;

import com.google.protobuf.ByteString;
import dev.wrought.core.tokenizer.SpecialToken;
import dev.wrought.core.tokenizer.Tokenizer;
import dev.wrought.proto.tokenizer.v1.DecodeRequest;
import dev.wrought.proto.tokenizer.v1.DecodeResponse;
import dev.wrought.proto.tokenizer.v1.EncodeRequest;
import dev.wrought.proto.tokenizer.v1.EncodeResponse;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Encoding and decoding, from message to message. */
final class Encodings {
  private Encodings() {}

  static EncodeResponse encode(EncodeRequest message, Tokenizer tokenizer) {
    EncodeResponse.Builder response = EncodeResponse.newBuilder();
    for (int id : ids(message, tokenizer)) {
      response.addIds(id);
      if (message.getWithPieces()) {
        response.addPieces(ByteString.copyFrom(tokenizer.bytesOf(id)));
      }
    }
    return response.build();
  }

  private static int[] ids(EncodeRequest message, Tokenizer tokenizer) {
    return switch (message.getInputCase()) {
      case RAW ->
          message.getAllowSpecial()
              ? tokenizer.encodeWithSpecial(message.getRaw().toByteArray())
              : tokenizer.encode(message.getRaw().toByteArray());
      case TEXT ->
          message.getAllowSpecial()
              ? tokenizer.encodeWithSpecial(message.getText())
              : tokenizer.encode(message.getText());
      case INPUT_NOT_SET -> new int[0];
    };
  }

  static DecodeResponse decode(DecodeRequest message, Tokenizer tokenizer) {
    IntStream ids = message.getIdsList().stream().mapToInt(Integer::intValue);
    if (message.getSkipSpecial()) {
      Set<Integer> special =
          tokenizer.specialTokens().stream().map(SpecialToken::id).collect(Collectors.toSet());
      ids = ids.filter(id -> !special.contains(id));
    }
    byte[] raw = tokenizer.decode(ids.toArray());
    return DecodeResponse.newBuilder()
        .setText(new String(raw, StandardCharsets.UTF_8))
        .setRaw(ByteString.copyFrom(raw))
        .build();
  }
}
