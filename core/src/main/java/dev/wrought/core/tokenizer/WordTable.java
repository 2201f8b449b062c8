package dev.wrought.core.tokenizer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Words of any length and their tokens. A word and its tokens lie side by side, and what finds them
 * holds a part of their hash: to learn that a word is not here takes one look at memory, to find it
 * two. For one thread; for several once nothing is added any more.
 */
final class WordTable {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Nobody who sends text can know which words share a slot. */
  private static final long SEED = new SplittableRandom().nextLong();

  /** No bound. */
  static final int ALL = Integer.MAX_VALUE;

  /** Each a word's hash and place, in the halves of a long; 0 is empty. */
  private long[] slots = new long[1 << 8];

  /** Of each word its length and its number of tokens, its bytes, its tokens, two a long. */
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

  /** Where the word is; -1 if it is not here. */
  int find(byte[] text, int from, int to) {
    int hash = hash(text, from, to);
    int slot = hash & (slots.length - 1);
    while (slots[slot] != 0) {
      if ((int) (slots[slot] >>> 32) == hash && is((int) slots[slot], text, from, to)) {
        return (int) slots[slot];
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    return -1;
  }

  /** How many tokens the word at a place has. */
  int count(int place) {
    return (int) (words[place] >>> 32);
  }

  /** The first token of the word at a place. */
  int first(int place) {
    return (int) words[tokens(place)];
  }

  /** Writes the tokens of the word at a place. */
  void write(int place, int[] out, int at) {
    int count = count(place);
    int from = tokens(place);
    for (int i = 0; i < count; i++) {
      out[at + i] = (int) (words[from + (i >> 1)] >>> ((i & 1) << 5));
    }
  }

  /**
   * Adds a word that is not here; where memory is full, all others are forgotten.
   *
   * @param ids its tokens: the first {@code count}
   * @return where it is
   */
  int add(byte[] text, int from, int to, int[] ids, int count) {
    int bytes = longsOf(to - from);
    int length = 1 + bytes + (count + 1) / 2;
    if (length > mostLongs - end) {
      clear();
    }
    int place = end;
    int next = end + length;
    if (next > words.length) {
      words = Arrays.copyOf(words, Math.max(next, 2 * words.length));
    }
    words[end] = (long) count << 32 | (to - from);
    for (int i = 0; i < bytes; i++) {
      words[end + 1 + i] = eight(text, from + 8 * i, to);
    }
    for (int i = 0; i < count; i++) {
      words[end + 1 + bytes + (i >> 1)] |= (long) ids[i] << ((i & 1) << 5);
    }
    place(hash(text, from, to), end);
    end = next;
    size++;
    if (2 * size > slots.length) {
      grow();
    }
    return place;
  }

  /** Forgets all words; keeps its memory. */
  private void clear() {
    Arrays.fill(slots, 0);
    Arrays.fill(words, 0);
    end = 1;
    size = 0;
  }

  private int tokens(int place) {
    return place + 1 + longsOf((int) words[place]);
  }

  private void place(int hash, int place) {
    int slot = hash & (slots.length - 1);
    while (slots[slot] != 0) {
      slot = (slot + 1) & (slots.length - 1);
    }
    slots[slot] = (long) hash << 32 | place;
  }

  private void grow() {
    long[] old = slots;
    slots = new long[2 * old.length];
    for (long word : old) {
      if (word != 0) {
        place((int) (word >>> 32), (int) word);
      }
    }
  }

  private boolean is(int place, byte[] text, int from, int to) {
    if ((int) words[place] != to - from) {
      return false;
    }
    for (int at = from, i = place + 1; at < to; at += 8, i++) {
      if (words[i] != eight(text, at, to)) {
        return false;
      }
    }
    return true;
  }

  private static int longsOf(int bytes) {
    return (bytes + 7) >> 3;
  }

  private static int hash(byte[] text, int from, int to) {
    long hash = SEED ^ (to - from);
    for (int at = from; at < to; at += 8) {
      long mixed = (hash ^ eight(text, at, to)) * 0x9E3779B97F4A7C15L;
      hash = mixed ^ (mixed >>> 32);
    }
    return (int) hash;
  }

  /** Eight bytes, those from {@code to} on zero. */
  private static long eight(byte[] text, int at, int to) {
    if (at <= to - 8) {
      return (long) LONGS.get(text, at);
    }
    if (at <= text.length - 8) {
      return (long) LONGS.get(text, at) & ((1L << (8 * (to - at))) - 1);
    }
    long last = 0;
    for (int i = to - 1; i >= at; i--) {
      last = last << 8 | (text[i] & 0xFF);
    }
    return last;
  }
}
