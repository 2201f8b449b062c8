package dev.wrought.core.tokenizer;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The merges that follow from tokens of characters, as SentencePiece has it: any two neighbours
 * that together are a token merge, the one of the lowest rank first. All ways to cut a token in two
 * are among them: where ranks are equal the leftmost pair merges, and which is that depends on the
 * text. They are derived when they are first asked for.
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
