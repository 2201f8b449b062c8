package dev.wrought.core.tokenizer;

import dev.wrought.core.text.AlignedText;
import dev.wrought.core.text.Splitter;
import java.util.Arrays;

/**
 * Encodes text word by word, and remembers the words. For one thread; {@link Tokenizer} keeps
 * several.
 */
final class TextEncoder {
  private static final int LONGEST_REMEMBERED = 256;

  /**
   * 16 MiB of words and their tokens, some 400,000, which few corpora have more of; what finds them
   * takes half as much again.
   */
  private static final int MOST_LONGS = 1 << 21;

  private static final int KEPT_TOKENS = 1 << 20;

  private final Splitter splitter;
  private final WordModel model;
  private final WordCache cache = new WordCache();
  private final WordTable table = new WordTable(MOST_LONGS);
  private int[] out = new int[256];
  private int size;

  TextEncoder(Splitter splitter, WordModel model) {
    this.splitter = splitter;
    this.model = model;
  }

  /** One that cuts and encodes with the same; to be done before this is used again. */
  OffsetEncoder withOffsets() {
    return new OffsetEncoder(splitter, model);
  }

  /** Appends the tokens of a part of a text. */
  void add(byte[] text, int from, int to) {
    add(text, from, to, splitter);
  }

  /** Appends the tokens of a text that was prepared. */
  void add(AlignedText text) {
    add(text.bytes(), 0, text.length(), text.within(splitter));
  }

  private void add(byte[] text, int from, int to, Splitter words) {
    words.begin();
    for (int at = from; at < to; ) {
      long ends = words.ends(text, at, to);
      at = ends == 0 ? addNext(text, at, to, words) : addAll(text, at, ends);
    }
  }

  /** Appends the tokens of the next word. @return where it ends */
  private int addNext(byte[] text, int from, int to, Splitter words) {
    int end = words.next(text, from, to);
    if (end < 0) {
      return ~end;
    }
    ensureRoom(WordCache.MOST_TOKENS);
    addWord(text, from, end);
    return end;
  }

  /**
   * Appends the tokens of words that lie behind each other.
   *
   * @param ends a bit for each place from {@code from} on
   * @return where the last one ends
   */
  private int addAll(byte[] text, int from, long ends) {
    ensureRoom(Long.SIZE + WordCache.MOST_TOKENS);
    int at = from;
    for (long left = ends; left != 0; left &= left - 1) {
      int end = from + Long.numberOfTrailingZeros(left);
      addWord(text, at, end);
      at = end;
    }
    return at;
  }

  /** Appends the tokens of a word. There is room for those that the cache has of one. */
  private void addWord(byte[] text, int at, int end) {
    int length = end - at;
    if (length > WordCache.LONGEST_WORD) {
      addLong(text, at, end);
      return;
    }
    long low = WordCache.low(text, at, length);
    long high = WordCache.high(text, at, length);
    int slot = cache.find(low, high);
    if (slot >= 0) {
      size += cache.write(slot, out, size);
    } else {
      addShort(text, at, end, low, high);
    }
  }

  /** Appends one token. */
  void add(int id) {
    ensureRoom(1);
    out[size++] = id;
  }

  /** The tokens since the last call. */
  int[] take() {
    int[] ids = Arrays.copyOf(out, size);
    size = 0;
    if (out.length > KEPT_TOKENS) {
      out = new int[256];
    }
    return ids;
  }

  private void addShort(byte[] text, int at, int end, long low, long high) {
    int count = addFromTable(text, at, end);
    if (count <= WordCache.MOST_TOKENS) {
      cache.put(low, high, out, size - count, count);
    }
  }

  private void addLong(byte[] text, int at, int end) {
    if (end - at <= LONGEST_REMEMBERED) {
      addFromTable(text, at, end);
      return;
    }
    int count = model.encode(text, at, end);
    ensureRoom(count);
    System.arraycopy(model.ids(), 0, out, size, count);
    size += count;
  }

  private int addFromTable(byte[] text, int at, int end) {
    int word = table.find(text, at, end);
    if (word < 0) {
      int count = model.encode(text, at, end);
      word = table.add(text, at, end, model.ids(), count);
    }
    int tokens = table.count(word);
    ensureRoom(tokens);
    table.write(word, out, size);
    size += tokens;
    return tokens;
  }

  private void ensureRoom(int count) {
    if (size + count > out.length) {
      out = Arrays.copyOf(out, Math.max(size + count, 2 * out.length));
    }
  }
}
