package dev.wrought.core.tokenizer;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Numbers distinct byte strings 0, 1, 2... in the order they are first met. The bytes of all lie in
 * one array, so that a million words cost tens of megabytes and nothing for the collector to walk.
 *
 * <p>For one thread.
 */
final class WordIndex {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int MAXIMUM_BYTES = Integer.MAX_VALUE - 64;

  private byte[] bytes = new byte[1 << 12];
  private int[] ends = new int[1 << 8];
  private int[] hashes = new int[1 << 8];
  private int[] slots = new int[1 << 9];
  private int size;

  /** How many distinct words there are. */
  int size() {
    return size;
  }

  /** The number of this word, -1 if it was not met before. */
  int find(byte[] text, int from, int to) {
    return slots[slotOf(text, from, to, hash(text, from, to))] - 1;
  }

  /** The number of this word, a new one if it was not met before. */
  int add(byte[] text, int from, int to) {
    int hash = hash(text, from, to);
    int slot = slotOf(text, from, to, hash);
    if (slots[slot] != 0) {
      return slots[slot] - 1;
    }
    append(text, from, to, hash);
    slots[slot] = size;
    if (2 * size > slots.length) {
      rehash();
    }
    return size - 1;
  }

  /** How many bytes a word has. */
  int length(int word) {
    return ends[word] - start(word);
  }

  /** A word's bytes. */
  byte[] word(int word) {
    return Arrays.copyOfRange(bytes, start(word), ends[word]);
  }

  /** The bytes of all words, one after the other. */
  long totalBytes() {
    return size == 0 ? 0 : ends[size - 1];
  }

  /** Adds every word of another index. @return the number here of each word there */
  int[] addAll(WordIndex other) {
    int[] numbers = new int[other.size];
    for (int word = 0; word < other.size; word++) {
      numbers[word] = add(other.bytes, other.start(word), other.ends[word]);
    }
    return numbers;
  }

  /**
   * Forgets the words that are not kept. The others close ranks, so nothing is overwritten that is
   * still to be read.
   */
  void retain(BitSet kept) {
    int end = 0;
    int count = 0;
    for (int word = kept.nextSetBit(0); word >= 0; word = kept.nextSetBit(word + 1)) {
      int length = length(word);
      System.arraycopy(bytes, start(word), bytes, end, length);
      end += length;
      hashes[count] = hashes[word];
      ends[count++] = end;
    }
    size = count;
    fillSlots();
  }

  /** Where the word is, or where it would go. */
  private int slotOf(byte[] text, int from, int to, int hash) {
    int slot = hash & (slots.length - 1);
    while (slots[slot] != 0) {
      int word = slots[slot] - 1;
      if (hashes[word] == hash && Arrays.equals(bytes, start(word), ends[word], text, from, to)) {
        break;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  private int start(int word) {
    return word == 0 ? 0 : ends[word - 1];
  }

  private void append(byte[] text, int from, int to, int hash) {
    int start = start(size);
    long end = start + (long) (to - from);
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, grownLength(end));
    }
    System.arraycopy(text, from, bytes, start, to - from);
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, 2 * size);
      hashes = Arrays.copyOf(hashes, 2 * size);
    }
    ends[size] = (int) end;
    hashes[size] = hash;
    size++;
  }

  private int grownLength(long needed) {
    if (needed > MAXIMUM_BYTES) {
      throw new WroughtException(
          ErrorCode.OUT_OF_MEMORY,
          size + " distinct words have more than 2 GB; bound the memory, or count a sample");
    }
    return (int) Math.min(MAXIMUM_BYTES, Math.max(needed, 2L * bytes.length));
  }

  private void rehash() {
    slots = new int[2 * slots.length];
    fillSlots();
  }

  private void fillSlots() {
    Arrays.fill(slots, 0);
    for (int word = 0; word < size; word++) {
      int slot = hashes[word] & (slots.length - 1);
      while (slots[slot] != 0) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = word + 1;
    }
  }

  private static int hash(byte[] text, int from, int to) {
    long hash = to - from;
    int at = from;
    for (; at + 8 <= to; at += 8) {
      hash = mix(hash ^ (long) LONGS.get(text, at));
    }
    if (at < to) {
      hash = mix(hash ^ tail(text, at, to));
    }
    return (int) (hash >>> 32);
  }

  /** The last 1 to 7 bytes. */
  private static long tail(byte[] text, int from, int to) {
    if (from + 8 <= text.length) {
      return (long) LONGS.get(text, from) & ((1L << (8 * (to - from))) - 1);
    }
    long tail = 0;
    for (int i = to - 1; i >= from; i--) {
      tail = tail << 8 | (text[i] & 0xFF);
    }
    return tail;
  }

  private static long mix(long value) {
    long mixed = value * 0x9E3779B97F4A7C15L;
    return mixed ^ (mixed >>> 32);
  }
}
