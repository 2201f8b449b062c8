package dev.wrought.serving.generation;

import dev.wrought.core.text.WholeCharacters;
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
  private final WholeCharacters characters = new WholeCharacters();
  private final StopSearch stops;
  private final Deque<Held> held = new ArrayDeque<>();
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
    String piece = characters.add(token);
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
    String piece = characters.end();
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
}
