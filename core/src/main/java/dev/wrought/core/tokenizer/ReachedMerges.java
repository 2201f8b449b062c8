package dev.wrought.core.tokenizer;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The merges that follow from tokens of bytes, as tiktoken has it: any two neighbours that together
 * are a token merge, the one of the lowest id first.
 *
 * <p>There are many ways to cut a token in two, but only one of them is ever met: what lies between
 * the ends of a token merges as it does in any text in which nothing merges across them, so always
 * in the same order. The token as a word of its own tells which two are left at last. A table of so
 * few merges is small, and thus fast. They are derived when they are first asked for.
 */
final class ReachedMerges implements Merges {
  /** What was derived. */
  private record Derived(MergeList list, MergeTable table, boolean allReached) {}

  private final TokenList tokens;
  private @Nullable Derived derived;

  /**
   * @param tokens written in the {@link ByteAlphabet}
   */
  ReachedMerges(TokenList tokens) {
    this.tokens = tokens;
  }

  @Override
  public MergeList list() {
    return derived().list;
  }

  @Override
  public MergeTable table() {
    return derived().table;
  }

  /** Whether merging makes every token of its own bytes. */
  boolean areAllReached() {
    return derived().allReached;
  }

  /** Adds all ways to make one token to a table. @return how many */
  int addTo(MergeTable few, int token) {
    return tokens.halve(token, (left, right) -> few.add(left, right, token, token));
  }

  private synchronized Derived derived() {
    Derived known = derived;
    if (known == null) {
      known = derive();
      derived = known;
    }
    return known;
  }

  private Derived derive() {
    MergeTable table = new MergeTable(tokens.count());
    InitialTokens bytes = InitialTokens.OfBytes.of(tokens);
    WordMerger merger = new WordMerger(table, bytes, new WholeWords());
    int[] left = new int[tokens.size()];
    int[] right = new int[tokens.size()];
    Arrays.fill(left, TokenList.NONE);
    boolean allReached = true;
    for (int token : byLength()) {
      byte[] word = ByteAlphabet.read(tokens.written(token)).orElseThrow();
      int parts = merger.encode(word, 0, word.length);
      int first = merger.ids()[0];
      int second = merger.ids()[1];
      if (parts == 2 && areHalves(first, second, token)) {
        table.add(first, second, token, token);
        left[token] = first;
        right[token] = second;
      } else {
        allReached &= parts == 1 && first == token;
      }
    }
    return new Derived(list(left, right), table, allReached);
  }

  /** What a token is made of is shorter than it, and comes before it. */
  private int[] byLength() {
    return IntStream.range(0, tokens.size())
        .filter(tokens::has)
        .mapToLong(token -> (long) tokens.length(token) << Integer.SIZE | token)
        .sorted()
        .mapToInt(entry -> (int) entry)
        .toArray();
  }

  /** Not so where a byte between them has no token, and was left out. */
  private boolean areHalves(int first, int second, int token) {
    return tokens.length(first) + tokens.length(second) == tokens.length(token);
  }

  private static MergeList list(int[] left, int[] right) {
    MergeList list = new MergeList(left.length);
    for (int token = 0; token < left.length; token++) {
      if (left[token] != TokenList.NONE) {
        list.add(token, left[token], right[token], token);
      }
    }
    return list;
  }
}
