package dev.wrought.cli.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Columns of text, each as wide as its widest cell. On a terminal that is too narrow the widest
 * column gives way, down to eight characters, and then the last columns are left out; elsewhere
 * nothing is cut.
 */
public final class Table {
  private static final String GAP = "  ";
  private static final int NARROWEST = 8;

  private final List<String> headings;
  private final boolean[] rightAligned;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * A table without rows.
   *
   * @param headings the columns; one that begins with {@code >} is aligned to the right
   */
  public Table(String... headings) {
    this.headings =
        Arrays.stream(headings).map(h -> h.startsWith(">") ? h.substring(1) : h).toList();
    this.rightAligned = new boolean[headings.length];
    for (int i = 0; i < headings.length; i++) {
      rightAligned[i] = headings[i].startsWith(">");
    }
  }

  public void row(String... cells) {
    if (cells.length != headings.size()) {
      throw new IllegalArgumentException(
          cells.length + " cells for " + headings.size() + " columns");
    }
    rows.add(List.of(cells));
  }

  /** The lines, headings first, for stdout. */
  public List<String> lines(Terminal terminal) {
    int room = terminal.look().interactiveOut() ? terminal.look().columns() : Integer.MAX_VALUE;
    int[] widths = widths(room);
    List<String> lines = new ArrayList<>();
    lines.add(terminal.styledResult(Terminal.Style.QUIET, line(headings, widths)));
    rows.forEach(row -> lines.add(line(row, widths)));
    return lines;
  }

  public void print(Terminal terminal) {
    lines(terminal).forEach(terminal::result);
  }

  /** Of the columns that are shown. */
  private int[] widths(int room) {
    int[] natural = new int[headings.size()];
    measure(headings, natural);
    rows.forEach(row -> measure(row, natural));
    for (int shown = natural.length; shown > 1; shown--) {
      int[] widths = Arrays.copyOf(natural, shown);
      if (fit(widths, room)) {
        return widths;
      }
    }
    return new int[] {Math.min(natural[0], room)};
  }

  /** Makes the widest narrower until all fit; false if they cannot. */
  private static boolean fit(int[] widths, int room) {
    int excess = Arrays.stream(widths).sum() + GAP.length() * (widths.length - 1) - room;
    for (; excess > 0; excess--) {
      int widest = 0;
      for (int i = 1; i < widths.length; i++) {
        widest = widths[i] > widths[widest] ? i : widest;
      }
      if (widths[widest] <= NARROWEST) {
        return false;
      }
      widths[widest]--;
    }
    return true;
  }

  private static void measure(List<String> row, int[] widths) {
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(widths[i], length(row.get(i)));
    }
  }

  private String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = Lines.cut(cells.get(i), widths[i]);
      String padding = " ".repeat(widths[i] - length(cell));
      line.append(i == 0 ? "" : GAP).append(rightAligned[i] ? padding + cell : cell + padding);
    }
    return line.toString().stripTrailing();
  }

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
