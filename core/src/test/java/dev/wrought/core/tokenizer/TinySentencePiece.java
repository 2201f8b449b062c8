package dev.wrought.core.tokenizer;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** SentencePiece models of few pieces, put together field by field. */
final class TinySentencePiece {
  static final int UNIGRAM = 1;
  static final int BPE = 2;
  static final int WORDS = 3;
  static final int CHARACTERS = 4;

  private TinySentencePiece() {}

  /** Writes more of a message. */
  interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  /** A model of a few pieces and all bytes, which keeps spaces as they are. */
  static byte[] bytes(int type) {
    return message(file -> {
      special(file);
      for (int value = 0; value < 256; value++) {
        piece(file, "<0x%02X>".formatted(value), 0, GgufVocabulary.BYTE);
      }
      letters(file);
      file.writeByteArray(
          2,
          message(training -> {
            training.writeEnum(3, type);
            training.writeBool(35, true);
          }));
      file.writeByteArray(3, message(normalizer -> normalizer.writeBool(4, false)));
    });
  }

  /** A model without bytes. @param characterMap what becomes of which characters; may be empty */
  static byte[] bytes(int type, byte[] characterMap) {
    return message(file -> {
      special(file);
      letters(file);
      piece(file, "cat", 0, GgufVocabulary.USER_DEFINED);
      file.writeByteArray(2, message(training -> training.writeEnum(3, type)));
      file.writeByteArray(3, message(normalizer -> normalizer.writeByteArray(2, characterMap)));
    });
  }

  private static void special(CodedOutputStream file) throws IOException {
    piece(file, "<unk>", 0, GgufVocabulary.UNKNOWN);
    piece(file, "<s>", 0, GgufVocabulary.CONTROL);
    piece(file, "</s>", 0, GgufVocabulary.CONTROL);
  }

  private static void letters(CodedOutputStream file) throws IOException {
    piece(file, "▁", -1, GgufVocabulary.NORMAL);
    piece(file, "a", -2.5f, GgufVocabulary.NORMAL);
    piece(file, "b", -2.75f, GgufVocabulary.NORMAL);
    piece(file, "ab", -3, GgufVocabulary.NORMAL);
    piece(file, "▁a", -6, GgufVocabulary.NORMAL);
  }

  private static void piece(CodedOutputStream file, String text, float score, int type)
      throws IOException {
    file.writeByteArray(
        1,
        message(piece -> {
          piece.writeString(1, text);
          piece.writeFloat(2, score);
          piece.writeEnum(3, type);
        }));
  }

  private static byte[] message(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      fields.write(out);
      out.flush();
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory", impossible);
    }
    return bytes.toByteArray();
  }
}
