package dev.wrought.core.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Bytes that come in parts, as text in whole characters: what ends within one waits for the rest.
 * Bytes that are no UTF-8 become U+FFFD. For one thread and one text.
 */
public final class WholeCharacters {
  private static final byte[] NOTHING = {};

  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private ByteBuffer waiting = ByteBuffer.allocate(0);

  /** Takes the next bytes. @return the characters that they complete, perhaps none */
  public String add(byte[] part) {
    return decode(part, false);
  }

  /** The text is over. @return what was left of it */
  public String end() {
    return decode(NOTHING, true);
  }

  private String decode(byte[] part, boolean last) {
    ByteBuffer input = ByteBuffer.allocate(waiting.remaining() + part.length);
    input.put(waiting).put(part).flip();
    CharBuffer characters = CharBuffer.allocate(input.remaining() + 1);
    decoder.decode(input, characters, last);
    if (last) {
      decoder.flush(characters);
    }
    waiting = input;
    return characters.flip().toString();
  }
}
