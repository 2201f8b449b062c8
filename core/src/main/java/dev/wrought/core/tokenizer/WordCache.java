package dev.wrought.core.tokenizer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The tokens of short words met lately. A key is the word itself: its at most 15 bytes and its
 * length, in two longs. Beside it lie its at most four tokens, so that a word that is here costs
 * one look at memory. Two slots fit each key; a new word takes the first and moves what was there
 * to the second.
 *
 * <p>It begins small and doubles while words keep coming, so that encoding one sentence costs
 * little and a corpus gets what a core's cache holds. For one thread.
 */
final class WordCache {
  /** Longest word that fits in a key. */
  static final int LONGEST_WORD = 15;

  /** Most tokens that fit in a slot. */
  static final int MOST_TOKENS = 4;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int KEY_BYTES = 16;
  private static final int FIRST_SLOTS = 1 << 10;
  private static final int MOST_SLOTS = 1 << 15;

  /** The key's longs and the tokens'. */
  private static final int SLOT = 4;

  private static final int LENGTH_SHIFT = 56;
  private static final int COUNT_SHIFT = 60;
  private static final long KEY = (1L << COUNT_SHIFT) - 1;

  /** By length, what of eight bytes and of the eight after them is the word's. */
  private static final long[] LOW = new long[KEY_BYTES];

  private static final long[] HIGH = new long[KEY_BYTES];

  static {
    for (int length = 0; length < KEY_BYTES; length++) {
      LOW[length] = length < 8 ? (1L << 8 * length) - 1 : -1;
      HIGH[length] = length < 8 ? 0 : (1L << 8 * (length - 8)) - 1;
    }
  }

  private long[] slots = new long[FIRST_SLOTS * SLOT];
  private int words;

  /** The first half of a word's key. */
  static long low(byte[] text, int at, int length) {
    return eight(text, at) & LOW[length];
  }

  /** The second half, which has the length: it is not 0. */
  static long high(byte[] text, int at, int length) {
    return eight(text, at + 8) & HIGH[length] | (long) length << LENGTH_SHIFT;
  }

  private static long eight(byte[] text, int at) {
    return at <= text.length - 8 ? (long) LONGS.get(text, at) : last(text, at);
  }

  /** The last bytes of a text, where there are no eight. */
  private static long last(byte[] text, int at) {
    int missing = at - (text.length - Long.BYTES);
    if (missing >= Long.BYTES) {
      return 0;
    }
    if (text.length >= Long.BYTES) {
      return (long) LONGS.get(text, text.length - Long.BYTES) >>> Byte.SIZE * missing;
    }
    long bytes = 0;
    for (int i = text.length - 1; i >= at; i--) {
      bytes = bytes << Byte.SIZE | (text[i] & 0xFF);
    }
    return bytes;
  }

  /** Where the word is; -1 if it is not here. */
  int find(long low, long high) {
    int first = slot(low, high);
    int second = first ^ SLOT;
    boolean inFirst = holds(first, low, high);
    if (inFirst | holds(second, low, high)) {
      return inFirst ? first : second;
    }
    return -1;
  }

  /**
   * Writes a word's tokens; behind them may stand others, up to {@link #MOST_TOKENS}.
   *
   * @return how many there are
   */
  int write(int slot, int[] out, int at) {
    long first = slots[slot + 2];
    long second = slots[slot + 3];
    out[at] = (int) first;
    out[at + 1] = (int) (first >>> 32);
    out[at + 2] = (int) second;
    out[at + 3] = (int) (second >>> 32);
    return (int) (slots[slot + 1] >>> COUNT_SHIFT);
  }

  /** Remembers a word. @param ids its tokens from a place on, as many as {@code count} */
  void put(long low, long high, int[] ids, int from, int count) {
    if (SLOT * words > slots.length && slots.length < MOST_SLOTS * SLOT) {
      grow();
    }
    long counted = high | (long) count << COUNT_SHIFT;
    place(low, counted, two(ids, from, count), two(ids, from + 2, count - 2));
    words++;
  }

  private static long two(int[] ids, int from, int count) {
    long first = count > 0 ? ids[from] : 0;
    long second = count > 1 ? ids[from + 1] : 0;
    return first | second << 32;
  }

  private void place(long low, long high, long first, long second) {
    int slot = slot(low, high & KEY);
    System.arraycopy(slots, slot, slots, slot ^ SLOT, SLOT);
    slots[slot] = low;
    slots[slot + 1] = high;
    slots[slot + 2] = first;
    slots[slot + 3] = second;
  }

  private void grow() {
    long[] old = slots;
    slots = new long[2 * old.length];
    for (int slot = 0; slot < old.length; slot += SLOT) {
      if (old[slot + 1] != 0) {
        place(old[slot], old[slot + 1], old[slot + 2], old[slot + 3]);
      }
    }
  }

  private boolean holds(int slot, long low, long high) {
    return ((slots[slot] ^ low) | ((slots[slot + 1] & KEY) ^ high)) == 0;
  }

  private int slot(long low, long high) {
    long hash = (low ^ (high * 0xFF51AFD7ED558CCDL)) * 0x9E3779B97F4A7C15L;
    return (int) (hash >>> 38) & (slots.length - SLOT);
  }
}
