package dev.wrought.core.config;

import java.util.Comparator;

/**
 * A place in a text.
 *
 * @param origin the file's name, or what the text was: "the default of gradientClip"
 * @param line from 1 on; 0: the value was not read from a text
 * @param column from 1 on, in characters
 */
public record Position(String origin, int line, int column) implements Comparable<Position> {
  private static final Comparator<Position> ORDER =
      Comparator.comparing(Position::origin)
          .thenComparingInt(Position::line)
          .thenComparingInt(Position::column);

  /** Somewhere in a thing that has no lines. */
  public static Position in(String origin) {
    return new Position(origin, 0, 0);
  }

  @Override
  public int compareTo(Position other) {
    return ORDER.compare(this, other);
  }

  /** {@code file:line:column}, as compilers say it. */
  @Override
  public String toString() {
    return line == 0 ? origin : origin + ":" + line + ":" + column;
  }
}
