package dev.wrought.core.tokenizer;

import dev.wrought.core.text.Split;
import dev.wrought.core.text.Splitter;
import java.util.Arrays;

/**
 * How often each word of a corpus occurs: all that BPE training needs to know of it. Memory grows
 * with the distinct words, not with the corpus. For one thread; count in several and {@link #add
 * add} them together, the sum does not depend on how the corpus was divided.
 */
public final class WordCounts {
  /** Longer words are counted in pieces: no token will be that long. */
  private static final int LONGEST_WORD = 1024;

  private final Splitter splitter;
  private final WordIndex index = new WordIndex();
  private long[] counts = new long[1 << 8];

  /** Of GPT-2's words. */
  public WordCounts() {
    this(Split.gpt2().splitter());
  }

  /** Of the words that a splitter makes; it is used by nobody else. */
  public WordCounts(Splitter splitter) {
    this.splitter = splitter;
  }

  /** Counts the words of a text. */
  public void add(byte[] text) {
    add(text, 1);
  }

  /** Counts the words of a text as if it came so many times. */
  public void add(byte[] text, long times) {
    splitter.begin();
    for (int at = 0; at < text.length; ) {
      int end = splitter.next(text, at, text.length);
      for (; at < end; at = Math.min(end, at + LONGEST_WORD)) {
        count(index.add(text, at, Math.min(end, at + LONGEST_WORD)), times);
      }
    }
  }

  /** Adds another's counts to these. */
  public void add(WordCounts other) {
    int[] numbers = index.addAll(other.index);
    for (int word = 0; word < numbers.length; word++) {
      count(numbers[word], other.counts[word]);
    }
  }

  /** How many distinct words there are. */
  public int distinctWords() {
    return index.size();
  }

  byte[] word(int number) {
    return index.word(number);
  }

  long count(int number) {
    return counts[number];
  }

  long distinctBytes() {
    return index.totalBytes();
  }

  private void count(int number, long times) {
    if (number >= counts.length) {
      counts = Arrays.copyOf(counts, Math.max(number + 1, 2 * counts.length));
    }
    counts[number] += times;
  }
}
