package dev.wrought.core.tokenizer;

import java.util.Arrays;
import java.util.function.LongPredicate;

/**
 * Merges the bytes of one word into tokens: again and again the pair with the lowest rank, of
 * equals the leftmost.
 *
 * <p>A short word is scanned for its best pair each time, which is quadratic and the fastest up to
 * a few dozen bytes; where its tokens begin is a bit each of a long. A long one is a linked list
 * with a heap of its pairs, n log n: a megabyte of one letter is a word too.
 *
 * <p>For one thread: it keeps its arrays from word to word.
 */
final class WordMerger implements WordModel {
  /** The place before a word's first. */
  private static final int NOWHERE = 1 << MergeTable.PLACE_BITS;

  /** Longer ones are long words: one of a long's bits stands behind. */
  private static final int SHORT_WORD = NOWHERE - 1;

  /** Places that are looked at together. */
  private static final int AT_ONCE = 4;

  /** Stands before and behind a word, and merges with nothing. */
  private static final int NO_TOKEN = TokenList.MOST_TOKENS;

  /** Arrays for words longer than this are not kept. */
  private static final int KEPT_LENGTH = 1 << 16;

  private final MergeTable merges;
  private final InitialTokens initial;
  private final WholeWords wholeWords;
  private int[] ids = new int[NOWHERE + 1];
  private int[] ends = new int[NOWHERE + 1];

  /** By place, the merge of the token there with the next one, and the place. */
  private final long[] pairs = new long[NOWHERE + AT_ONCE];

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
      ids = new int[Math.max(NOWHERE + 1, length)];
      ends = new int[ids.length];
    }
    int count = initial.write(text, from, to, ids, ends);
    if (count < 2) {
      return count;
    }
    return count <= SHORT_WORD ? mergeShort(count) : mergeLong(count);
  }

  /** What a merge changes is looked up while the least of the other pairs is found. */
  private int mergeShort(int length) {
    begin(length);
    long starts = (2L << length) - 1;
    for (long best = least(length); best != MergeTable.NONE; ) {
      int place = (int) (best >>> MergeTable.PLACE_SHIFT) & NOWHERE - 1;
      int merged = MergeTable.result(best);
      int next = after(place, starts);
      int previous = Long.numberOfTrailingZeros(Long.highestOneBit(starts & (1L << place) - 1));
      starts ^= 1L << next;
      ids[place] = merged;
      long right = pairAt(place, merged, ids[after(place, starts)]);
      long left = pairAt(previous, ids[previous], merged);
      pairs[next] = MergeTable.NONE;
      pairs[place] = MergeTable.NONE;
      pairs[previous] = MergeTable.NONE;
      best = Math.min(least(length), Math.min(left, right));
      pairs[place] = right;
      pairs[previous] = left;
    }
    return collect(length, starts);
  }

  private void begin(int length) {
    ids[length] = NO_TOKEN;
    ids[NOWHERE] = NO_TOKEN;
    for (int place = 0; place < length; place++) {
      pairs[place] = pairAt(place, ids[place], ids[place + 1]);
    }
    for (int place = length; place < length + AT_ONCE; place++) {
      pairs[place] = MergeTable.NONE;
    }
  }

  private long pairAt(int place, int left, int right) {
    return merges.find(left, right) | (long) place << MergeTable.PLACE_SHIFT;
  }

  /** The best pair, found in several chains at once. */
  private long least(int length) {
    long first = MergeTable.NONE;
    long second = MergeTable.NONE;
    long third = MergeTable.NONE;
    long fourth = MergeTable.NONE;
    for (int place = 0; place < length; place += AT_ONCE) {
      first = Math.min(first, pairs[place]);
      second = Math.min(second, pairs[place + 1]);
      third = Math.min(third, pairs[place + 2]);
      fourth = Math.min(fourth, pairs[place + 3]);
    }
    return Math.min(Math.min(first, second), Math.min(third, fourth));
  }

  private static int after(int place, long starts) {
    return place + 1 + Long.numberOfTrailingZeros(starts >>> place + 1);
  }

  private int collect(int length, long starts) {
    int count = 0;
    for (int place = 0; place < length; count++) {
      int next = after(place, starts);
      ids[count] = ids[place];
      ends[count] = ends[next - 1];
      place = next;
    }
    return count;
  }

  private int mergeLong(int length) {
    LinkedPairs pairs = new LinkedPairs(length);
    pairs.mergeAll();
    return pairs.compact();
  }

  /**
   * The tokens of a long word as a doubly linked list, its mergeable pairs in a heap.
   *
   * <p>The list needs no memory beside the tokens' own: of one that was merged from several, the
   * second and the last place hold the complement of how many, so that its neighbours find its ends
   * (boundary tags, Knuth 1968, section 2.5).
   */
  private final class LinkedPairs {
    private final int length;
    private final LongHeap heap;

    LinkedPairs(int length) {
      this.length = length;
      this.heap = new LongHeap(length + (length >> 3), entry -> mergeOf(entry) != MergeTable.NONE);
      for (int i = 0; i + 1 < length; i++) {
        pushPairAt(i);
      }
    }

    void mergeAll() {
      while (!heap.isEmpty()) {
        long best = heap.pop();
        long merge = mergeOf(best);
        if (merge != MergeTable.NONE) {
          apply(merge, (int) best);
        }
      }
    }

    /** What an entry of the heap stands for; NONE if it is out of date. */
    private long mergeOf(long entry) {
      long merge = mergeAt((int) entry);
      return MergeTable.rank(merge) == (int) (entry >>> 32) ? merge : MergeTable.NONE;
    }

    /** The merge of the pair that begins here now. */
    private long mergeAt(int at) {
      boolean pair = ids[at] >= 0 && next(at) < length;
      return pair ? merges.find(ids[at], ids[next(at)]) : MergeTable.NONE;
    }

    private void apply(long merge, int at) {
      int right = next(at);
      int end = next(right);
      ids[right] = ~0;
      ids[at] = MergeTable.result(merge);
      ids[at + 1] = ~(end - at);
      ids[end - 1] = ~(end - at);
      pushPairAt(at);
      if (at > 0) {
        pushPairAt(previous(at));
      }
    }

    private int next(int at) {
      return at + 1 < length && ids[at + 1] < 0 ? at + ~ids[at + 1] : at + 1;
    }

    private int previous(int at) {
      return ids[at - 1] < 0 ? at - ~ids[at - 1] : at - 1;
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
      for (int at = 0, next; at < length; at = next) {
        next = next(at);
        ids[count] = ids[at];
        ends[count++] = ends[next - 1];
      }
      return count;
    }
  }

  /** A binary heap of longs, the least on top. Where it is full, it drops what is out of date. */
  private static final class LongHeap {
    private final LongPredicate upToDate;
    private long[] items;
    private int size;

    LongHeap(int capacity, LongPredicate upToDate) {
      this.items = new long[capacity];
      this.upToDate = upToDate;
    }

    boolean isEmpty() {
      return size == 0;
    }

    void push(long item) {
      if (size == items.length) {
        makeRoom();
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
      sink(0, items[--size]);
      return top;
    }

    private void sink(int from, long item) {
      int at = from;
      for (int child = 2 * at + 1; child < size; child = 2 * at + 1) {
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
    }

    /** An eighth of the room is free then, so that it is seldom made. */
    private void makeRoom() {
      int kept = 0;
      for (int i = 0; i < size; i++) {
        if (upToDate.test(items[i])) {
          items[kept++] = items[i];
        }
      }
      size = kept;
      if (size > items.length - (items.length >> 3)) {
        items = Arrays.copyOf(items, items.length + (items.length >> 2));
      }
      for (int at = (size >> 1) - 1; at >= 0; at--) {
        sink(at, items[at]);
      }
    }
  }
}
