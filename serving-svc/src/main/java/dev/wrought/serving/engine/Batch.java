package dev.wrought.serving.engine;

import dev.wrought.serving.kernel.KeyValuePages;
import dev.wrought.serving.kernel.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * The rows of one step: a row is a token at its place in a sequence. Rows of several sequences
 * stand one behind another; those of one sequence are in order, so that each finds the keys of all
 * before it. Used again at every step, by one thread.
 */
public final class Batch {
  private final int[] tokens;
  private final int[] positions;
  private final Span[] spans;
  private final int[] wanted;
  private final List<Part> parts = new ArrayList<>();
  private int rows;
  private int wantedRows;

  /** The rows of one sequence. */
  record Part(int[] pages, int firstRow, int rows) {}

  /**
   * @param capacity the most rows
   */
  public Batch(int capacity) {
    tokens = new int[capacity];
    positions = new int[capacity];
    spans = new Span[capacity];
    wanted = new int[capacity];
  }

  /** Forgets all rows. */
  public void clear() {
    rows = 0;
    wantedRows = 0;
    parts.clear();
    Arrays.fill(spans, null);
  }

  /**
   * Adds rows of one sequence.
   *
   * @param pages the sequence's part of the cache, which has room for them
   * @param tokenAt the token at each place
   * @param first the first place to compute; all before it are in the cache
   * @param count how many, at most {@link #room}
   * @param firstWanted the place from which on logits are wanted
   */
  public void add(int[] pages, IntUnaryOperator tokenAt, int first, int count, int firstWanted) {
    parts.add(new Part(pages, rows, count));
    for (int position = first; position < first + count; position++) {
      tokens[rows] = tokenAt.applyAsInt(position);
      positions[rows] = position;
      spans[rows] = new Span(pages, position + 1);
      if (position >= firstWanted) {
        wanted[wantedRows++] = rows;
      }
      rows++;
    }
  }

  /** The most rows there can be. */
  public int capacity() {
    return tokens.length;
  }

  /** How many rows there are. */
  public int rows() {
    return rows;
  }

  /** How many rows can be added. */
  public int room() {
    return capacity() - rows;
  }

  /** Of how many rows logits are wanted. */
  public int wantedRows() {
    return wantedRows;
  }

  int token(int row) {
    return tokens[row];
  }

  int position(int row) {
    return positions[row];
  }

  Span span(int row) {
    return spans[row];
  }

  /** The row of a number from 0 to below {@link #wantedRows}. */
  int wantedRow(int number) {
    return wanted[number];
  }

  List<Part> parts() {
    return parts;
  }

  /** Where a position lies in the cache. */
  static int pageOf(int[] pages, int position) {
    return pages[position / KeyValuePages.PAGE];
  }
}
