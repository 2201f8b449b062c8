package dev.wrought.tokenizer.grpc;

import com.google.protobuf.ByteString;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.tokenizer.Encoding;
import dev.wrought.core.tokenizer.Tokenizer;
import dev.wrought.proto.tokenizer.v1.CountResponse;
import dev.wrought.proto.tokenizer.v1.DecodeRequest;
import dev.wrought.proto.tokenizer.v1.DecodeResponse;
import dev.wrought.proto.tokenizer.v1.EncodeResponse;
import dev.wrought.proto.tokenizer.v1.EncodedText;
import dev.wrought.proto.tokenizer.v1.TextError;
import dev.wrought.tokenizer.encoding.BatchEncoding;
import dev.wrought.tokenizer.encoding.TextCounts;
import dev.wrought.tokenizer.encoding.TokenText;
import java.util.Arrays;

/**
 * Tokens as messages.
 *
 * @param withPieces whether each token comes with its bytes
 */
record EncodeReplies(Tokenizer tokenizer, boolean withPieces) {
  EncodeResponse encoding(Encoding encoding) {
    EncodeResponse.Builder response = EncodeResponse.newBuilder();
    for (int id : encoding.ids()) {
      response.addIds(id);
      if (withPieces) {
        response.addPieces(ByteString.copyFrom(tokenizer.bytesOf(id)));
      }
    }
    Arrays.stream(encoding.starts()).forEach(response::addStarts);
    Arrays.stream(encoding.ends()).forEach(response::addEnds);
    return response.build();
  }

  EncodedText text(BatchEncoding.Outcome outcome) {
    return switch (outcome) {
      case BatchEncoding.Encoded text -> text(text.encoding(), text.tokens());
      case BatchEncoding.Failed(WroughtException why) -> error(why);
    };
  }

  EncodedText text(Encoding encoding, int tokens) {
    return EncodedText.newBuilder().setEncoding(encoding(encoding)).setTokens(tokens).build();
  }

  static EncodedText error(WroughtException why) {
    return EncodedText.newBuilder()
        .setError(
            TextError.newBuilder()
                .setReason(why.code().name())
                .setNumber(why.code().number())
                .setMessage(why.getMessage()))
        .build();
  }

  static CountResponse counts(TextCounts counts) {
    return CountResponse.newBuilder()
        .setTokens(counts.tokens())
        .setBytes(counts.bytes())
        .setCharacters(counts.characters())
        .setWords(counts.words())
        .build();
  }

  static DecodeResponse decoded(DecodeRequest message, TokenText text) {
    TokenText.Part all = text.add(message.getIdsList());
    DecodeResponse.Builder response = text(all).setText(all.text() + text.end());
    if (message.getWithPieces()) {
      all.pieces().forEach(piece -> response.addPieces(ByteString.copyFrom(piece)));
    }
    return response.build();
  }

  static DecodeResponse.Builder text(TokenText.Part part) {
    return DecodeResponse.newBuilder()
        .setText(part.text())
        .setRaw(ByteString.copyFrom(part.bytes()));
  }
}
