package dev.wrought.serving.generation;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Tokens to text, in complete characters. A token may end within one; then its bytes wait for the
 * next. Bytes that are no UTF-8 become U+FFFD. Ids are let out with the text that they complete, so
 * that neither gives away what a stop string hides. For one thread.
 */
final class TextStream {
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private final StopSearch stops;
  private final Deque<Held> held = new ArrayDeque<>();
  private ByteBuffer bytes = ByteBuffer.allocate(256).flip();
  private long decoded;
  private long letOut;

  /** An id and how many characters there were behind it. */
  private record Held(int id, long characters) {}

  /** Text and the ids that belong to it. */
  record Chunk(String text, List<Integer> ids) {}

  TextStream(List<String> stops) {
    this.stops = new StopSearch(stops);
  }

  /** Takes the next token. @return what can be let out now, perhaps nothing */
  Chunk add(int id, byte[] token) {
    String piece = decode(token, false);
    decoded += piece.length();
    held.addLast(new Held(id, decoded));
    return chunk(stops.add(piece));
  }

  /** Whether a stop string has been found: the text ends before it. */
  boolean stopped() {
    return stops.found();
  }

  /** The text is over. @return what was held back; nothing behind a stop string */
  Chunk end() {
    if (stopped()) {
      return new Chunk("", List.of());
    }
    String piece = decode(new byte[0], true);
    return chunk(stops.add(piece) + (stopped() ? "" : stops.rest()));
  }

  private Chunk chunk(String text) {
    letOut += text.length();
    List<Integer> ids = new ArrayList<>();
    while (!held.isEmpty() && held.getFirst().characters() <= letOut) {
      ids.add(held.removeFirst().id());
    }
    return new Chunk(text, ids);
  }

  private String decode(byte[] token, boolean last) {
    ByteBuffer input = ByteBuffer.allocate(bytes.remaining() + token.length);
    input.put(bytes).put(token).flip();
    CharBuffer characters = CharBuffer.allocate(input.remaining() + 1);
    decoder.decode(input, characters, last);
    if (last) {
      decoder.flush(characters);
    }
    bytes = input;
    return characters.flip().toString();
  }
}
