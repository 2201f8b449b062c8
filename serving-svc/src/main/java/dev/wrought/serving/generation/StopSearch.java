package dev.wrought.serving.generation;

import java.util.List;

/**
 * Finds the first of some strings in a text that comes in pieces. Text that may be the beginning of
 * one is held back, so that no part of it is ever let out. For one thread.
 */
final class StopSearch {
  private final List<String> stops;
  private final StringBuilder held = new StringBuilder();
  private boolean found;

  /**
   * @param stops none of them empty
   */
  StopSearch(List<String> stops) {
    this.stops = List.copyOf(stops);
  }

  /** Takes the next piece. @return what can be let out now */
  String add(CharSequence piece) {
    if (found) {
      return "";
    }
    held.append(piece);
    int stop = firstStop();
    if (stop >= 0) {
      found = true;
      held.setLength(stop);
      return rest();
    }
    return letOut(held.length() - possibleBeginning());
  }

  /** Whether one was found: the text ends before it. */
  boolean found() {
    return found;
  }

  /** The text is over: what was held back. */
  String rest() {
    return letOut(held.length());
  }

  private String letOut(int length) {
    String out = held.substring(0, length);
    held.delete(0, length);
    return out;
  }

  private int firstStop() {
    return stops.stream().mapToInt(held::indexOf).filter(at -> at >= 0).min().orElse(-1);
  }

  /** How many characters at the end are the beginning of a stop string, at most. */
  private int possibleBeginning() {
    int longest = 0;
    for (String stop : stops) {
      for (int length = Math.min(stop.length() - 1, held.length()); length > longest; length--) {
        if (endsWith(stop, length)) {
          longest = length;
        }
      }
    }
    return longest;
  }

  private boolean endsWith(String stop, int length) {
    int from = held.length() - length;
    for (int i = 0; i < length; i++) {
      if (held.charAt(from + i) != stop.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
