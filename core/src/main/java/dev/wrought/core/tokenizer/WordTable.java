package dev.wrought.core.tokenizer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Words and their tokens. A word and its tokens lie side by side, and what finds them holds a part
 * of their hash: to learn that a word is not here takes one look at memory, to find it two. A short
 * word is known by its key, as in the {@link WordCache}, a long one by its bytes. For one thread.
 */
final class WordTable {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Nobody who sends text can know which words share a slot. */
  private static final long SEED = new SplittableRandom().nextLong();

  private static final long FACTOR = new SplittableRandom().nextLong() | 1;

  /** As many longs as a key has. */
  private static final int KEY = 2;

  /** Tokens that are written without asking how many there are. */
  private static final int AT_ONCE = WordCache.MOST_TOKENS;

  /** Each a word's hash and place, in the halves of a long; 0 is empty. */
  private long[] slots = new long[1 << 8];

  /** Of each word its length and its number of tokens, its key or bytes, its tokens, two a long. */
  private long[] words = new long[1 << 10];

  private final int mostLongs;
  private int end = 1;
  private int size;

  /**
   * @param mostLongs where its words take so much memory, in longs, it forgets them
   */
  WordTable(int mostLongs) {
    this.mostLongs = mostLongs;
  }

  /** Where the short word with this key is; -1 if it is not here. */
  int find(long low, long high) {
    int hash = hash(low, high);
    int slot = hash & slots.length - 1;
    while (slots[slot] != 0) {
      int place = (int) slots[slot];
      if ((int) (slots[slot] >>> 32) == hash && is(place, low, high)) {
        return place;
      }
      slot = slot + 1 & slots.length - 1;
    }
    return -1;
  }

  /** Where the long word is; -1 if it is not here. */
  int find(byte[] text, int from, int to) {
    int hash = hash(text, from, to);
    int slot = hash & slots.length - 1;
    while (slots[slot] != 0) {
      int place = (int) slots[slot];
      if ((int) (slots[slot] >>> 32) == hash && is(place, text, from, to)) {
        return place;
      }
      slot = slot + 1 & slots.length - 1;
    }
    return -1;
  }

  /** How many tokens the word at a place has. */
  int count(int place) {
    return (int) (words[place] >>> 32);
  }

  /**
   * Writes the tokens of the word at a place; behind them may stand others, up to {@link
   * WordCache#MOST_TOKENS}.
   */
  void write(int place, int[] out, int at) {
    int from = place + 1 + longsOf((int) words[place]);
    int count = Math.max(AT_ONCE, count(place));
    for (int i = 0; i < count; i++) {
      out[at + i] = (int) (words[from + (i >> 1)] >>> ((i & 1) << 5));
    }
  }

  /**
   * Adds a short word that is not here; where memory is full, all others are forgotten.
   *
   * @param ids its tokens: the first {@code count}
   */
  void add(long low, long high, int[] ids, int count) {
    int place = append(WordCache.length(high), ids, count);
    words[place + 1] = low;
    words[place + 2] = high;
    enter(hash(low, high), place);
  }

  /** Like {@link #add(long, long, int[], int)}, for a long word. */
  void add(byte[] text, int from, int to, int[] ids, int count) {
    int place = append(to - from, ids, count);
    for (int at = from, i = place + 1; at < to; at += Long.BYTES, i++) {
      words[i] = eight(text, at, to);
    }
    enter(hash(text, from, to), place);
  }

  /** Makes room for a word and writes its tokens. @return where it is */
  private int append(int length, int[] ids, int count) {
    int most = 1 + longsOf(length) + (Math.max(AT_ONCE, count) + 1) / 2;
    if (most > mostLongs - end) {
      clear();
    }
    int place = end;
    if (place + most > words.length) {
      words = Arrays.copyOf(words, Math.max(place + most, 2 * words.length));
    }
    int tokens = place + 1 + longsOf(length);
    words[place] = (long) count << 32 | length;
    for (int i = 0; i < count; i++) {
      words[tokens + (i >> 1)] |= (long) ids[i] << ((i & 1) << 5);
    }
    end = tokens + (count + 1) / 2;
    return place;
  }

  /** Forgets all words; keeps its memory. */
  private void clear() {
    Arrays.fill(slots, 0);
    Arrays.fill(words, 0);
    end = 1;
    size = 0;
  }

  private void enter(int hash, int place) {
    if (2 * ++size > slots.length) {
      grow();
    }
    put(hash, place);
  }

  private void put(int hash, int place) {
    int slot = hash & slots.length - 1;
    while (slots[slot] != 0) {
      slot = slot + 1 & slots.length - 1;
    }
    slots[slot] = (long) hash << 32 | place;
  }

  private void grow() {
    long[] old = slots;
    slots = new long[2 * old.length];
    for (long word : old) {
      if (word != 0) {
        put((int) (word >>> 32), (int) word);
      }
    }
  }

  private boolean is(int place, long low, long high) {
    long different = words[place + 1] ^ low | words[place + 2] ^ high;
    return different == 0 && (int) words[place] == WordCache.length(high);
  }

  private boolean is(int place, byte[] text, int from, int to) {
    if ((int) words[place] != to - from) {
      return false;
    }
    for (int at = from, i = place + 1; at < to; at += Long.BYTES, i++) {
      if (words[i] != eight(text, at, to)) {
        return false;
      }
    }
    return true;
  }

  private static int longsOf(int length) {
    return Math.max(KEY, length + Long.BYTES - 1 >> 3);
  }

  private static int hash(long low, long high) {
    return (int) mixed(mixed(SEED, low), high);
  }

  static int hash(byte[] text, int from, int to) {
    long hash = SEED ^ (to - from);
    for (int at = from; at < to; at += Long.BYTES) {
      hash = mixed(hash, eight(text, at, to));
    }
    return (int) hash;
  }

  /**
   * Both halves of a product of 128 bits. One half alone would not do: whatever the factor, a
   * change of the highest bit changes that bit only, and the next eight bytes can change it back.
   */
  private static long mixed(long hash, long next) {
    long both = hash ^ next;
    return both * FACTOR ^ Math.multiplyHigh(both, FACTOR);
  }

  /** Eight bytes, those from {@code to} on zero. */
  private static long eight(byte[] text, int at, int to) {
    if (at <= to - Long.BYTES) {
      return (long) LONGS.get(text, at);
    }
    if (at <= text.length - Long.BYTES) {
      return (long) LONGS.get(text, at) & (1L << Byte.SIZE * (to - at)) - 1;
    }
    long last = 0;
    for (int i = to - 1; i >= at; i--) {
      last = last << Byte.SIZE | (text[i] & 0xFF);
    }
    return last;
  }
}
