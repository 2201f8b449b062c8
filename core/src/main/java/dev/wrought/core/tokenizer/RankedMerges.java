package dev.wrought.core.tokenizer;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The merges that follow from tokens, as tiktoken and SentencePiece have it: any two neighbours
 * that together are a token merge, the one of the lowest rank first. There are several for each
 * token, so they are derived when they are first asked for.
 */
final class RankedMerges implements Merges {
  /** In place of a rank. */
  static final int NEVER_MERGED = -1;

  private final TokenList tokens;
  private final IntUnaryOperator ranks;
  private @Nullable MergeList list;
  private @Nullable MergeTable table;

  /**
   * @param ranks of tokens by id; equal ones merge from the left; {@link #NEVER_MERGED} for one
   *     that nothing merges into
   */
  RankedMerges(TokenList tokens, IntUnaryOperator ranks) {
    this.tokens = tokens;
    this.ranks = ranks;
  }

  @Override
  public synchronized MergeList list() {
    MergeList derived = list;
    if (derived == null) {
      derived = derive();
      list = derived;
    }
    return derived;
  }

  @Override
  public synchronized MergeTable table() {
    MergeTable made = table;
    if (made == null) {
      made = list().table();
      table = made;
    }
    return made;
  }

  /** Adds those that make one token to a table. @return how many */
  int addTo(MergeTable few, int token) {
    int rank = ranks.applyAsInt(token);
    return rank == NEVER_MERGED
        ? 0
        : tokens.halve(token, (left, right) -> few.add(left, right, rank, token));
  }

  private MergeList derive() {
    MergeList merges = new MergeList(2 * tokens.count());
    for (long ranked : byRank()) {
      int rank = (int) (ranked >>> 32);
      int token = (int) ranked;
      tokens.halve(token, (left, right) -> merges.add(rank, left, right, token));
    }
    return merges;
  }

  /** Ranks and tokens, in the halves of longs. */
  private long[] byRank() {
    long[] byRank = new long[tokens.count()];
    int ranked = 0;
    for (int id = 0; id < tokens.size(); id++) {
      int rank = tokens.has(id) ? ranks.applyAsInt(id) : NEVER_MERGED;
      if (rank != NEVER_MERGED) {
        byRank[ranked++] = (long) rank << 32 | id;
      }
    }
    Arrays.sort(byRank, 0, ranked);
    return Arrays.copyOf(byRank, ranked);
  }
}
