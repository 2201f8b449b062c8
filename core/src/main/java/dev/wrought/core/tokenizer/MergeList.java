package dev.wrought.core.tokenizer;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.util.Arrays;

/**
 * Merges by ids, in the order of their ranks. For one thread while it is filled; then thread-safe.
 */
final class MergeList implements Merges {
  /** Of two for each token that there may be; the most known are 514,906, for 262,144 tokens. */
  static final int MOST_MERGES = 2 * TokenList.MOST_TOKENS;

  private int[] ranks;
  private int[] left;
  private int[] right;
  private int[] results;
  private int size;

  MergeList(int expected) {
    int room = Math.max(16, expected);
    ranks = new int[room];
    left = new int[room];
    right = new int[room];
    results = new int[room];
  }

  /**
   * Checks how many there are.
   *
   * @throws WroughtException CORRUPT_FILE for one too many
   */
  static void checkCount(int merges) {
    if (merges > MOST_MERGES) {
      throw new WroughtException(
          ErrorCode.CORRUPT_FILE, "there are more than %d merges".formatted(MOST_MERGES));
    }
  }

  /**
   * Adds a merge.
   *
   * @throws WroughtException CORRUPT_FILE for one too many
   */
  void add(int rank, int leftId, int rightId, int result) {
    checkCount(size + 1);
    if (size == ranks.length) {
      ranks = Arrays.copyOf(ranks, 2 * size);
      left = Arrays.copyOf(left, 2 * size);
      right = Arrays.copyOf(right, 2 * size);
      results = Arrays.copyOf(results, 2 * size);
    }
    ranks[size] = rank;
    left[size] = leftId;
    right[size] = rightId;
    results[size++] = result;
  }

  @Override
  public MergeList list() {
    return this;
  }

  int size() {
    return size;
  }

  int rank(int merge) {
    return ranks[merge];
  }

  int left(int merge) {
    return left[merge];
  }

  int right(int merge) {
    return right[merge];
  }

  int result(int merge) {
    return results[merge];
  }

  @Override
  public MergeTable table() {
    MergeTable table = new MergeTable(size);
    for (int merge = 0; merge < size; merge++) {
      table.add(left[merge], right[merge], ranks[merge], results[merge]);
    }
    return table;
  }
}
