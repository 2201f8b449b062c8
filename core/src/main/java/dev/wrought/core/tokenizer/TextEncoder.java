package dev.wrought.core.tokenizer;

import dev.wrought.core.text.AlignedText;
import dev.wrought.core.text.Splitter;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Encodes text word by word, and remembers the words. For one thread; {@link Tokenizer} keeps
 * several.
 */
final class TextEncoder {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int KEY_BYTES = 16;
  private static final int LONGEST_REMEMBERED = 256;
  private static final int MOST_LONG_WORDS = 1 << 16;
  private static final int KEPT_TOKENS = 1 << 20;

  private final Splitter splitter;
  private final WordModel model;
  private final WordCache cache = new WordCache();
  private final WordIndex longWords = new WordIndex();
  private int[][] longWordTokens = new int[64][];
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
      if (length <= WordCache.LONGEST_WORD && at + KEY_BYTES <= text.length) {
        addShort(text, at, end);
      } else if (length <= LONGEST_REMEMBERED) {
        addLong(text, at, end);
      } else {
        int count = model.encode(text, at, end);
        emit(model.ids(), 0, count);
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

  private void addShort(byte[] text, int at, int end) {
    int length = end - at;
    long low = (long) LONGS.get(text, at);
    long high = (long) length << 56;
    if (length < 8) {
      low &= (1L << (8 * length)) - 1;
    } else {
      high |= (long) LONGS.get(text, at + 8) & ((1L << (8 * (length - 8))) - 1);
    }
    int found = cache.find(low, high);
    if (found >= 0) {
      emit(cache.tokens(), WordCache.first(found), WordCache.count(found));
    } else {
      int count = model.encode(text, at, end);
      cache.put(low, high, model.ids(), count);
      emit(model.ids(), 0, count);
    }
  }

  private void addLong(byte[] text, int at, int end) {
    int known = longWords.size();
    int word = longWords.add(text, at, end);
    if (word == known) {
      int count = model.encode(text, at, end);
      remember(word, Arrays.copyOf(model.ids(), count));
      emit(model.ids(), 0, count);
    } else {
      emit(longWordTokens[word], 0, longWordTokens[word].length);
    }
  }

  private void remember(int word, int[] ids) {
    if (word == MOST_LONG_WORDS) {
      longWords.clear();
      return;
    }
    if (word == longWordTokens.length) {
      longWordTokens = Arrays.copyOf(longWordTokens, 2 * word);
    }
    longWordTokens[word] = ids;
  }

  private void emit(int[] ids, int from, int count) {
    ensureRoom(count);
    if (count == 1) {
      out[size++] = ids[from];
    } else {
      System.arraycopy(ids, from, out, size, count);
      size += count;
    }
  }

  private void ensureRoom(int count) {
    if (size + count > out.length) {
      out = Arrays.copyOf(out, Math.max(size + count, 2 * out.length));
    }
  }
}
