package dev.wrought.core.tokenizer;

import dev.wrought.core.text.Splitter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.BitSet;

/**
 * How often each word of a corpus occurs: all that BPE training needs to know of it. Memory grows
 * with the distinct words, not with the corpus, and {@link #prune} bounds those, too. For one
 * thread; count in several and {@link #add(WordCounts) add} them together, the sum does not depend
 * on how the corpus was divided.
 */
public final class WordCounts {
  /** Longer words are counted in pieces: no token will be that long. */
  private static final int LONGEST_WORD = 1024;

  /**
   * Hash, count and place, in arrays that are half empty at worst, and once more while learning.
   */
  private static final int BYTES_PER_WORD = 64;

  /** Itself, the token that it becomes, and a share of the lists of where a pair is. */
  private static final int BYTES_PER_BYTE = 8;

  private final ModelKind kind;
  private final Splitter splitter;
  private final WordIndex index = new WordIndex();
  private long[] counts = new long[1 << 8];

  /** Of the words that byte-level BPE is learnt from. */
  public WordCounts() {
    this(ModelKind.BPE);
  }

  /** Of the words that a kind of model is learnt from. */
  public WordCounts(ModelKind kind) {
    this.kind = kind;
    this.splitter = kind.splitter();
  }

  /** Counts the words of a text. */
  public void add(byte[] text) {
    add(text, 1);
  }

  /** Counts the words of a text as if it came so many times. */
  public void add(byte[] original, long times) {
    byte[] text = kind.prepared(original);
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

  /**
   * About how much memory it takes to count these words and then to learn from them. It is reckoned
   * from their number and lengths alone, so that it is the same on every machine.
   */
  public long memoryBytes() {
    return BYTES_PER_WORD * (long) index.size() + BYTES_PER_BYTE * index.totalBytes();
  }

  /**
   * Drops the rarest words, as few as it takes for the others to need no more than {@code
   * mostBytes} of {@link #memoryBytes}; of equally rare ones those that were met first.
   *
   * <p>A word that is dropped and comes back starts again from 0. So a count is too low by the
   * floor of every pruning at most, which is little for the words that the first merges come from
   * (the idea is lossy counting's: Manku and Motwani 2002).
   *
   * @return what was dropped
   */
  public PrunedWords prune(long mostBytes) {
    if (memoryBytes() <= mostBytes) {
      return PrunedWords.NONE;
    }
    long floor = 0;
    while (memoryBytesAbove(floor) > mostBytes) {
      floor = lowestAbove(floor);
    }
    long surplus = memoryBytesAbove(floor - 1) - mostBytes;
    BitSet kept = new BitSet(index.size());
    for (int word = 0; word < index.size(); word++) {
      if (counts[word] > floor || (counts[word] == floor && surplus <= 0)) {
        kept.set(word);
      } else if (counts[word] == floor) {
        surplus -= memoryBytes(word);
      }
    }
    return retain(kept, floor);
  }

  private PrunedWords retain(BitSet kept, long floor) {
    int before = index.size();
    long dropped = 0;
    int end = 0;
    for (int word = 0; word < before; word++) {
      if (kept.get(word)) {
        counts[end++] = counts[word];
      } else {
        dropped += counts[word];
      }
    }
    Arrays.fill(counts, end, before, 0);
    index.retain(kept);
    return new PrunedWords(before - end, dropped, floor);
  }

  private long memoryBytesAbove(long floor) {
    long sum = 0;
    for (int word = 0; word < index.size(); word++) {
      if (counts[word] > floor) {
        sum += memoryBytes(word);
      }
    }
    return sum;
  }

  private long memoryBytes(int word) {
    return BYTES_PER_WORD + (long) BYTES_PER_BYTE * index.length(word);
  }

  private long lowestAbove(long floor) {
    long lowest = Long.MAX_VALUE;
    for (int word = 0; word < index.size(); word++) {
      if (counts[word] > floor) {
        lowest = Math.min(lowest, counts[word]);
      }
    }
    return lowest;
  }

  /** Writes the words and their counts, to be read again. */
  public void write(OutputStream out) throws IOException {
    Leb128.write(out, index.size());
    for (int word = 0; word < index.size(); word++) {
      Leb128.write(out, counts[word]);
      Leb128.write(out, index.length(word));
      out.write(index.word(word));
    }
  }

  /**
   * Reads what was {@link #write written}.
   *
   * @param kind of model that they were counted for
   * @throws IOException also if it is something else
   */
  public static WordCounts read(InputStream in, ModelKind kind) throws IOException {
    WordCounts read = new WordCounts(kind);
    int words = Leb128.readInt(in);
    for (int number = 0; number < words; number++) {
      long count = Leb128.read(in);
      byte[] word = in.readNBytes(Leb128.readInt(in));
      read.count(read.index.add(word, 0, word.length), count);
    }
    return read;
  }

  /** The bytes of a word. */
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
