package dev.wrought.core.tokenizer;

import java.util.Arrays;

/**
 * The tokens of short words met before. A key is the word itself: its at most 15 bytes and its
 * length, in two longs. Two slots fit each key; a new word takes the first and moves what was there
 * to the second.
 *
 * <p>It begins small and doubles while words keep coming, so that encoding one sentence costs
 * little and a corpus gets 131,072 slots. For one thread.
 */
final class WordCache {
  /** Longest word that fits in a key. */
  static final int LONGEST_WORD = 15;

  private static final int FIRST_SLOTS = 1 << 10;
  private static final int MOST_SLOTS = 1 << 17;
  private static final int TOKENS_PER_SLOT = 8;
  private static final int COUNT_BITS = 4;

  private long[] low = new long[FIRST_SLOTS];
  private long[] high = new long[FIRST_SLOTS];
  private int[] found = new int[FIRST_SLOTS];
  private int[] tokens = new int[FIRST_SLOTS * TOKENS_PER_SLOT];
  private int usedTokens;
  private int words;

  /** Where the word's tokens are; -1 if it is not remembered. */
  int find(long low, long high) {
    int slot = slot(low, high);
    if (this.low[slot] == low && this.high[slot] == high) {
      return found[slot];
    }
    slot ^= 1;
    return this.low[slot] == low && this.high[slot] == high ? found[slot] : -1;
  }

  /** How many tokens are found there. */
  static int count(int found) {
    return found & ((1 << COUNT_BITS) - 1);
  }

  /** Index of the first of them in {@link #tokens}. */
  static int first(int found) {
    return found >>> COUNT_BITS;
  }

  /** The tokens of all words. */
  int[] tokens() {
    return tokens;
  }

  /** Remembers a word. @param ids its tokens: the first {@code count} */
  void put(long low, long high, int[] ids, int count) {
    if (words > found.length && found.length < MOST_SLOTS) {
      grow();
    } else if (usedTokens + count > tokens.length) {
      clear();
    }
    System.arraycopy(ids, 0, tokens, usedTokens, count);
    place(low, high, usedTokens << COUNT_BITS | count);
    usedTokens += count;
    words++;
  }

  private void place(long low, long high, int location) {
    int slot = slot(low, high);
    int second = slot ^ 1;
    this.low[second] = this.low[slot];
    this.high[second] = this.high[slot];
    found[second] = found[slot];
    this.low[slot] = low;
    this.high[slot] = high;
    found[slot] = location;
  }

  private void grow() {
    long[] oldLow = low;
    long[] oldHigh = high;
    int[] oldFound = found;
    int slots = 2 * found.length;
    low = new long[slots];
    high = new long[slots];
    found = new int[slots];
    tokens = Arrays.copyOf(tokens, slots * TOKENS_PER_SLOT);
    for (int slot = 0; slot < oldFound.length; slot++) {
      if (oldHigh[slot] != 0) {
        place(oldLow[slot], oldHigh[slot], oldFound[slot]);
      }
    }
  }

  private void clear() {
    Arrays.fill(high, 0);
    usedTokens = 0;
  }

  /** The length in the top byte of {@code high} keeps a key from being zero, which is empty. */
  private int slot(long low, long high) {
    long hash = (low ^ (high * 0xFF51AFD7ED558CCDL)) * 0x9E3779B97F4A7C15L;
    return (int) (hash >>> 40) & (found.length - 1);
  }
}
