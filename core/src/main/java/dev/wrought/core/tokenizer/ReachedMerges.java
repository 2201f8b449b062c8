package dev.wrought.core.tokenizer;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntFunction;

/**
 * Of the merges of a vocabulary those that ever happen. A file may have all ways to cut a token in
 * two, but only one of them is met: what lies between the ends of a token merges as it does in any
 * text in which nothing merges across them, so always in the same order. The token as a word of its
 * own tells which two are left at last. A table of so few merges is small, and thus fast.
 */
final class ReachedMerges {
  /** Tells when two tokens become a third. */
  @FunctionalInterface
  interface Ranks {
    /** In place of a rank. */
    int NEVER_MERGED = -1;

    /** The rank of a merge, {@link #NEVER_MERGED} if there is none. */
    int of(int left, int right, int result);
  }

  private final IntFunction<byte[]> bytes;
  private final MergeTable table;
  private final WordMerger merger;
  private final BitSet tokens = new BitSet();

  /**
   * @param ids of all tokens
   * @param bytes of a token, as a text has them
   */
  ReachedMerges(int[] ids, IntFunction<byte[]> bytes, InitialTokens initial, Ranks ranks) {
    this.bytes = bytes;
    this.table = new MergeTable(ids.length);
    this.merger = new WordMerger(table, initial, new WholeWords());
    for (int id : byLength(ids)) {
      add(id, ranks);
    }
  }

  MergeTable table() {
    return table;
  }

  /** Whether merging makes this token of its bytes. */
  boolean has(int token) {
    return tokens.get(token);
  }

  /** What a token is made of is shorter than it, and comes before it. */
  private int[] byLength(int[] ids) {
    return Arrays.stream(ids)
        .mapToLong(id -> (long) bytes.apply(id).length << Integer.SIZE | id)
        .sorted()
        .mapToInt(entry -> (int) entry)
        .toArray();
  }

  private void add(int token, Ranks ranks) {
    byte[] word = bytes.apply(token);
    int parts = merger.encode(word, 0, word.length);
    int first = merger.ids()[0];
    if (parts == 1 && first == token) {
      tokens.set(token);
    } else if (parts == 2 && isOf(word, first, merger.ids()[1])) {
      int second = merger.ids()[1];
      int rank = ranks.of(first, second, token);
      if (rank != Ranks.NEVER_MERGED) {
        table.add(first, second, rank, token);
        tokens.set(token);
      }
    }
  }

  /** Not so where one of the two stands for what has no token. */
  private boolean isOf(byte[] word, int first, int second) {
    byte[] left = bytes.apply(first);
    byte[] right = bytes.apply(second);
    return left.length + right.length == word.length
        && Arrays.mismatch(word, left) == left.length
        && Arrays.equals(word, left.length, word.length, right, 0, right.length);
  }
}
