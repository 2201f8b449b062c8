package dev.wrought.core.tokenizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How often each pair of neighbouring tokens occurs, and in which words: a hash table with open
 * addressing. The words of a pair may include some where it no longer occurs. For one thread.
 */
final class PairCounts {
  private static final long EMPTY = -1;
  private static final int[] NO_WORDS = {};

  private long[] pairs = new long[1 << 12];
  private int[] entries = new int[1 << 12];
  private long[] counts = new long[1 << 11];
  private int[][] words = new int[1 << 11][];
  private int[] wordCounts = new int[1 << 11];
  private boolean[] grown = new boolean[1 << 11];
  private int size;
  private List<Long> grownPairs = new ArrayList<>();

  PairCounts() {
    Arrays.fill(pairs, EMPTY);
  }

  /** Takes a pair and its count. */
  @FunctionalInterface
  interface Visitor {
    void visit(long pair, long count);
  }

  static int left(long pair) {
    return (int) (pair >>> 32);
  }

  static int right(long pair) {
    return (int) pair;
  }

  /** How often the pair occurs now. */
  long count(long pair) {
    int slot = slotOf(pair);
    return pairs[slot] == EMPTY ? 0 : counts[entries[slot]];
  }

  /** Counts occurrences in a word. */
  void add(int left, int right, long times, int word) {
    long pair = (long) left << 32 | right;
    int entry = entryOf(pair);
    counts[entry] += times;
    addWord(entry, word);
    if (!grown[entry]) {
      grown[entry] = true;
      grownPairs.add(pair);
    }
  }

  /** Takes occurrences away from a pair. */
  void subtract(int left, int right, long times) {
    int slot = slotOf((long) left << 32 | right);
    if (pairs[slot] != EMPTY) {
      counts[entries[slot]] -= times;
    }
  }

  /**
   * Forgets in which words a pair occurs, as it is about to be merged in them. @return the words
   */
  int[] takeWords(long pair) {
    int entry = entryOf(pair);
    int[] occurrences = Arrays.copyOf(words[entry], wordCounts[entry]);
    words[entry] = NO_WORDS;
    wordCounts[entry] = 0;
    return occurrences;
  }

  /** A merged pair occurs nowhere any more. */
  void reset(long pair) {
    counts[entryOf(pair)] = 0;
  }

  /** The pairs that have been added to since the last call, each once. */
  List<Long> takeGrown() {
    List<Long> taken = grownPairs;
    for (long pair : taken) {
      grown[entries[slotOf(pair)]] = false;
    }
    grownPairs = new ArrayList<>();
    return taken;
  }

  /** Visits every pair; what has grown so far is forgotten. */
  void forEach(Visitor visitor) {
    takeGrown();
    for (int slot = 0; slot < pairs.length; slot++) {
      if (pairs[slot] != EMPTY) {
        visitor.visit(pairs[slot], counts[entries[slot]]);
      }
    }
  }

  private void addWord(int entry, int word) {
    int count = wordCounts[entry];
    if (count > 0 && words[entry][count - 1] == word) {
      return;
    }
    if (count == words[entry].length) {
      words[entry] = Arrays.copyOf(words[entry], Math.max(2, count + (count >> 1) + 1));
    }
    words[entry][count] = word;
    wordCounts[entry]++;
  }

  private int entryOf(long pair) {
    int slot = slotOf(pair);
    if (pairs[slot] == EMPTY) {
      if (2 * size >= pairs.length) {
        rehash();
        slot = slotOf(pair);
      }
      pairs[slot] = pair;
      entries[slot] = newEntry();
    }
    return entries[slot];
  }

  private int newEntry() {
    if (size == counts.length) {
      counts = Arrays.copyOf(counts, 2 * size);
      words = Arrays.copyOf(words, 2 * size);
      wordCounts = Arrays.copyOf(wordCounts, 2 * size);
      grown = Arrays.copyOf(grown, 2 * size);
    }
    words[size] = NO_WORDS;
    return size++;
  }

  private void rehash() {
    long[] oldPairs = pairs;
    int[] oldEntries = entries;
    pairs = new long[2 * oldPairs.length];
    entries = new int[pairs.length];
    Arrays.fill(pairs, EMPTY);
    for (int old = 0; old < oldPairs.length; old++) {
      if (oldPairs[old] != EMPTY) {
        int slot = slotOf(oldPairs[old]);
        pairs[slot] = oldPairs[old];
        entries[slot] = oldEntries[old];
      }
    }
  }

  private int slotOf(long pair) {
    int slot = (int) (pair * 0x9E3779B97F4A7C15L >>> 32) & (pairs.length - 1);
    while (pairs[slot] != pair && pairs[slot] != EMPTY) {
      slot = (slot + 1) & (pairs.length - 1);
    }
    return slot;
  }
}
