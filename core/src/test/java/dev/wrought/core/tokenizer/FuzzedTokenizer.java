package dev.wrought.core.tokenizer;

import dev.wrought.core.text.TestTexts;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** What is done with a tokenizer that was read from bytes that nobody meant. */
final class FuzzedTokenizer {
  private static final String TEXT =
      "The cat's 12 dogs, aren't they?\n\n  éa\u0301 中文 😀\t\u2581ab ba\0<unk>" + "a".repeat(300);
  private static final byte[] NOT_UTF8 = {'a', (byte) 0xFF, ' ', (byte) 0xE2, (byte) 0x96};
  private static final EncodingOptions WITH_ENDS = new EncodingOptions(true, true, 40, true);

  private FuzzedTokenizer() {}

  /** Encodes and decodes a little text, and asks for what services ask for. */
  static void use(Tokenizer tokenizer) {
    byte[] text = text(tokenizer);
    int[] ids = tokenizer.encode(text);
    tokenizer.decode(ids);
    tokenizer.decode(tokenizer.encode(text, WITH_ENDS), true);
    checkOffsets(tokenizer, text, ids);
    for (int id = 0; id < tokenizer.vocabularySize(); id++) {
      tokenizer.writtenForm(id);
    }
    TokenizerJson.digest(tokenizer.parts());
  }

  /** Words and all else, with a special token's name in it. */
  private static byte[] text(Tokenizer tokenizer) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    text.writeBytes(TestTexts.utf8(TEXT));
    tokenizer.specialTokens().stream()
        .limit(1)
        .forEach(special -> text.writeBytes(TestTexts.utf8(special.content())));
    text.writeBytes(NOT_UTF8);
    return text.toByteArray();
  }

  private static void checkOffsets(Tokenizer tokenizer, byte[] text, int[] ids) {
    Encoding encoding = tokenizer.encodeWithOffsets(text, EncodingOptions.PLAIN);
    if (!Arrays.equals(ids, encoding.ids())) {
      throw new AssertionError(
          "ids with offsets are %s, without %s"
              .formatted(Arrays.toString(encoding.ids()), Arrays.toString(ids)));
    }
    for (int i = 0; i < encoding.size(); i++) {
      int start = encoding.starts()[i];
      int end = encoding.ends()[i];
      if (start < 0 || start > end || end > text.length) {
        throw new AssertionError(
            "token %d is from %d to %d of %d bytes".formatted(i, start, end, text.length));
      }
    }
  }
}
