package dev.wrought.core.tokenizer;

import java.util.Arrays;

/**
 * Merges the bytes of one word into tokens: again and again the pair with the lowest rank, of
 * equals the leftmost.
 *
 * <p>A short word is scanned for its best pair each time, which is quadratic and the fastest up to
 * about a hundred bytes. A long one is a linked list with a heap of its pairs, n log n: a megabyte
 * of one letter is a word too.
 *
 * <p>For one thread: it keeps its arrays from word to word.
 */
final class WordMerger implements WordModel {
  /** From here on the heap is faster. */
  private static final int LONG_WORD = 128;

  /** Arrays for words longer than this are not kept. */
  private static final int KEPT_LENGTH = 1 << 16;

  private final MergeTable merges;
  private final InitialTokens initial;
  private final WholeWords wholeWords;
  private int[] ids = new int[LONG_WORD];
  private int[] ends = new int[LONG_WORD];
  private final long[] found = new long[LONG_WORD];

  WordMerger(MergeTable merges, InitialTokens initial, WholeWords wholeWords) {
    this.merges = merges;
    this.initial = initial;
    this.wholeWords = wholeWords;
  }

  @Override
  public int[] ids() {
    return ids;
  }

  @Override
  public int[] ends() {
    return ends;
  }

  @Override
  public int encode(byte[] text, int from, int to) {
    int whole = wholeWords.find(text, from, to);
    if (whole >= 0) {
      ids[0] = whole;
      ends[0] = to;
      return 1;
    }
    int length = to - from;
    if (ids.length < length || ids.length > KEPT_LENGTH) {
      ids = new int[Math.max(LONG_WORD, length)];
      ends = new int[ids.length];
    }
    int count = initial.write(text, from, to, ids, ends);
    return count <= LONG_WORD ? mergeShort(count) : mergeLong(count);
  }

  private int mergeShort(int count) {
    int length = count;
    for (int i = 0; i + 1 < length; i++) {
      found[i] = merges.find(ids[i], ids[i + 1]);
    }
    while (length > 1) {
      int at = lowestRank(length - 1);
      if (found[at] == MergeTable.NONE) {
        break;
      }
      ids[at] = MergeTable.result(found[at]);
      length--;
      System.arraycopy(ids, at + 2, ids, at + 1, length - at - 1);
      System.arraycopy(ends, at + 1, ends, at, length - at);
      if (at + 1 < length) {
        System.arraycopy(found, at + 2, found, at + 1, length - at - 2);
        found[at] = merges.find(ids[at], ids[at + 1]);
      }
      if (at > 0) {
        found[at - 1] = merges.find(ids[at - 1], ids[at]);
      }
    }
    return length;
  }

  private int lowestRank(int pairs) {
    int best = 0;
    for (int i = 1; i < pairs; i++) {
      if (MergeTable.rank(found[i]) < MergeTable.rank(found[best])) {
        best = i;
      }
    }
    return best;
  }

  private int mergeLong(int length) {
    LinkedPairs pairs = new LinkedPairs(length);
    pairs.mergeAll();
    return pairs.compact();
  }

  /** The tokens of a long word as a doubly linked list, its mergeable pairs in a heap. */
  private final class LinkedPairs {
    private static final int GONE = -1;

    private final int length;
    private final int[] previous;
    private final int[] next;
    private final LongHeap heap;

    LinkedPairs(int length) {
      this.length = length;
      this.previous = new int[length];
      this.next = new int[length];
      for (int i = 0; i < length; i++) {
        previous[i] = i - 1;
        next[i] = i + 1;
      }
      this.heap = new LongHeap(length);
      for (int i = 0; i + 1 < length; i++) {
        pushPairAt(i);
      }
    }

    void mergeAll() {
      while (!heap.isEmpty()) {
        long best = heap.pop();
        int at = (int) best;
        long merge = mergeAt(at);
        if (merge != MergeTable.NONE && MergeTable.rank(merge) == (int) (best >>> 32)) {
          apply(merge, at);
        }
      }
    }

    /** The merge of the pair that begins here now; an entry of the heap may be out of date. */
    private long mergeAt(int at) {
      boolean pair = ids[at] != GONE && next[at] < length;
      return pair ? merges.find(ids[at], ids[next[at]]) : MergeTable.NONE;
    }

    private void apply(long merge, int at) {
      int right = next[at];
      ids[at] = MergeTable.result(merge);
      ids[right] = GONE;
      next[at] = next[right];
      if (next[at] < length) {
        previous[next[at]] = at;
      }
      pushPairAt(at);
      if (previous[at] >= 0) {
        pushPairAt(previous[at]);
      }
    }

    private void pushPairAt(int at) {
      long merge = mergeAt(at);
      if (merge != MergeTable.NONE) {
        heap.push((long) MergeTable.rank(merge) << 32 | at);
      }
    }

    /** Moves the tokens that are left to the front. @return how many */
    int compact() {
      int count = 0;
      for (int at = 0; at < length; at = next[at]) {
        ids[count] = ids[at];
        ends[count++] = ends[next[at] - 1];
      }
      return count;
    }
  }

  /** A binary heap of longs, the least on top. */
  private static final class LongHeap {
    private long[] items;
    private int size;

    LongHeap(int capacity) {
      items = new long[Math.max(2, capacity)];
    }

    boolean isEmpty() {
      return size == 0;
    }

    void push(long item) {
      if (size == items.length) {
        items = Arrays.copyOf(items, size + (size >> 1));
      }
      int at = size++;
      while (at > 0 && items[(at - 1) >> 1] > item) {
        items[at] = items[(at - 1) >> 1];
        at = (at - 1) >> 1;
      }
      items[at] = item;
    }

    long pop() {
      long top = items[0];
      long item = items[--size];
      int at = 0;
      for (int child = 1; child < size; child = 2 * at + 1) {
        if (child + 1 < size && items[child + 1] < items[child]) {
          child++;
        }
        if (items[child] >= item) {
          break;
        }
        items[at] = items[child];
        at = child;
      }
      items[at] = item;
      return top;
    }
  }
}
