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
    int at = from;
    while (at < to) {
      int end = words.next(text, at, to);
      if (end < 0) {
        at = ~end;
        continue;
      }
      int length = end - at;
      if (length <= WordCache.LONGEST_WORD) {
        addShort(text, at, end, WordCache.low(text, at, length), WordCache.high(text, at, length));
      } else if (length <= LONGEST_REMEMBERED) {
        addFromTable(text, at, end);
      } else {
        int count = model.encode(text, at, end);
        ensureRoom(count);
        System.arraycopy(model.ids(), 0, out, size, count);
        size += count;
      }
      at = end;
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
    ensureRoom(WordCache.MOST_TOKENS);
    int slot = cache.find(low, high);
    if (slot >= 0) {
      size += cache.write(slot, out, size);
      return;
    }
    int count = addFromTable(text, at, end);
    if (count <= WordCache.MOST_TOKENS) {
      cache.put(low, high, out, size - count, count);
    }
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
