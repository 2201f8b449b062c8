package dev.wrought.core.tokenizer;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A model's tokens as a file writes them, found by that or by id. Ids are 0 and up; each may be
 * taken once. For one thread while it is filled; then not to be changed, and thread-safe.
 *
 * <p>What is written lies side by side as bytes. A string for each token, and a map of them, would
 * take longer than all else that it takes to encode a sentence with a file.
 *
 * <p>A hash is the sum of the bytes times the powers of a random number, modulo a prime (Karp and
 * Rabin 1987). It is slower than one of eight bytes at a time, but those of a token's beginnings
 * and ends follow from one another, and a vocabulary has a million of them. Modulo 2^64 it would be
 * faster still, but there Thue-Morse words of 1,024 bytes have the same hash, whatever the number.
 */
final class TokenList {
  /** Larger vocabularies are refused; the largest known have 262,144. */
  static final int MOST_TOKENS = 1 << 21;

  /** In place of an id. */
  static final int NONE = -1;

  /** Takes two tokens that are a third one together. */
  interface Halves {
    void take(int left, int right);
  }

  private static final int USUAL_BYTES = 8;
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final long PRIME = (1L << 31) - 1;

  /** Nobody who writes a file can know which tokens share a slot. */
  private static final long BASE = new SplittableRandom().nextLong(1L << 30, PRIME);

  private static final long INVERSE = inverse(BASE);

  /** All tokens, one after the other; the first byte is none's. */
  private byte[] texts;

  private int end = 1;

  /** By id; 0 where no token has it. */
  private int[] starts;

  private int[] ends;

  /** Each a token's hash and id, in the halves of a long, the id one higher; 0 is empty. */
  private long[] slots;

  private int size;
  private int count;
  private int longest;

  /** One that has room for about so many. */
  TokenList(int expected) {
    int room = Math.clamp(expected, 64, MOST_TOKENS);
    this.texts = new byte[room * USUAL_BYTES];
    this.starts = new int[room];
    this.ends = new int[room];
    this.slots = new long[4 * Integer.highestOneBit(room)];
  }

  /** One more than the highest id. */
  int size() {
    return size;
  }

  /** How many there are. */
  int count() {
    return count;
  }

  /** The bytes of the longest. */
  int longest() {
    return longest;
  }

  boolean has(int id) {
    return id >= 0 && id < size && starts[id] != 0;
  }

  /** How many bytes a token is written with. */
  int length(int id) {
    return ends[id] - starts[id];
  }

  /** As the file has it. */
  String written(int id) {
    return new String(utf8(id), StandardCharsets.UTF_8);
  }

  /** As the file has it, in UTF-8. */
  byte[] utf8(int id) {
    if (!has(id)) {
      throw new IllegalArgumentException("no token has id " + id);
    }
    return Arrays.copyOfRange(texts, starts[id], ends[id]);
  }

  /** The id of what is written so; {@link #NONE} if no token is. */
  int find(byte[] utf8, int from, int to) {
    return id(slotOf(hash(utf8, from, to), utf8, from, to));
  }

  int find(String written) {
    byte[] utf8 = written.getBytes(StandardCharsets.UTF_8);
    return find(utf8, 0, utf8.length);
  }

  /** All ways in which a token is two others, by the length of the first. @return how many */
  int halve(int id, Halves halves) {
    int ways = 0;
    int from = starts[id];
    int to = ends[id];
    long whole = hash(texts, from, to);
    long first = 0;
    long power = power(BASE, to - from);
    for (int cut = from + 1; cut < to; cut++) {
      first = (first * BASE + value(texts[cut - 1])) % PRIME;
      power = power * INVERSE % PRIME;
      long second = Math.floorMod(whole - first * power, PRIME);
      int left = id(slotOf(first, texts, from, cut));
      int right = left == NONE ? NONE : id(slotOf(second, texts, cut, to));
      if (right != NONE) {
        halves.take(left, right);
        ways++;
      }
    }
    return ways;
  }

  /**
   * Adds a token.
   *
   * @return the id of an earlier one that is written so, which will not be found any more; or else
   *     {@link #NONE}
   * @throws WroughtException CORRUPT_FILE, naming the token, for an id that is negative, too high
   *     or taken
   */
  int add(int id, byte[] utf8, int from, int to) {
    check(id, utf8, from, to);
    append(id, utf8, from, to);
    long hash = hash(utf8, from, to);
    int slot = slotOf(hash, utf8, from, to);
    int earlier = id(slot);
    slots[slot] = entry(hash, id);
    if (2 * ++count > slots.length) {
      grow();
    }
    return earlier;
  }

  int add(int id, String written) {
    byte[] utf8 = utf8(written);
    return add(id, utf8, 0, utf8.length);
  }

  /**
   * What a file writes, as bytes.
   *
   * @throws WroughtException CORRUPT_FILE for a lone surrogate, which has none
   */
  static byte[] utf8(String written) {
    try {
      return Utf8.bytesOf(written);
    } catch (WroughtException surrogate) {
      throw new WroughtException(
          ErrorCode.CORRUPT_FILE,
          "token '%s': %s".formatted(written, surrogate.getMessage()),
          surrogate);
    }
  }

  private void check(int id, byte[] utf8, int from, int to) {
    if (id >= 0 && id < MOST_TOKENS && !has(id)) {
      return;
    }
    String token = new String(utf8, from, to - from, StandardCharsets.UTF_8);
    String why;
    if (id < 0) {
      why = "token '%s' has the negative id %d".formatted(token, id);
    } else if (id >= MOST_TOKENS) {
      why = "token '%s' has id %d; ids below %d are read".formatted(token, id, MOST_TOKENS);
    } else {
      why = "tokens '%s' and '%s' both have id %d".formatted(written(id), token, id);
    }
    throw new WroughtException(ErrorCode.CORRUPT_FILE, why);
  }

  private void append(int id, byte[] utf8, int from, int to) {
    int length = to - from;
    if (length > texts.length - end) {
      texts = Arrays.copyOf(texts, Math.max(end + length, 2 * texts.length));
    }
    if (id >= starts.length) {
      starts = Arrays.copyOf(starts, Math.max(id + 1, 2 * starts.length));
      ends = Arrays.copyOf(ends, starts.length);
    }
    System.arraycopy(utf8, from, texts, end, length);
    starts[id] = end;
    end += length;
    ends[id] = end;
    size = Math.max(size, id + 1);
    longest = Math.max(longest, length);
  }

  private void grow() {
    long[] old = slots;
    slots = new long[2 * old.length];
    for (long entry : old) {
      if (entry != 0) {
        int slot = firstSlot((int) (entry >>> 32));
        while (slots[slot] != 0) {
          slot = slot + 1 & slots.length - 1;
        }
        slots[slot] = entry;
      }
    }
  }

  /** Where the token that is written so is, or where it would go. */
  private int slotOf(long hash, byte[] utf8, int from, int to) {
    int mixed = mixed(hash);
    int slot = firstSlot(mixed);
    while (slots[slot] != 0) {
      if ((int) (slots[slot] >>> 32) == mixed && is(id(slot), utf8, from, to)) {
        return slot;
      }
      slot = slot + 1 & slots.length - 1;
    }
    return slot;
  }

  private boolean is(int id, byte[] utf8, int from, int to) {
    int at = starts[id];
    if (ends[id] - at != to - from) {
      return false;
    }
    for (int i = from; i < to; i++, at++) {
      if (texts[at] != utf8[i]) {
        return false;
      }
    }
    return true;
  }

  private int id(int slot) {
    return (int) slots[slot] - 1;
  }

  private int firstSlot(int mixed) {
    return mixed & slots.length - 1;
  }

  private static long entry(long hash, int id) {
    return (long) mixed(hash) << 32 | id + 1;
  }

  private static int mixed(long hash) {
    return (int) (hash * GOLDEN >>> 32);
  }

  /** Below the prime. */
  static long hash(byte[] utf8, int from, int to) {
    long hash = 0;
    for (int at = from; at < to; at++) {
      hash = (hash * BASE + value(utf8[at])) % PRIME;
    }
    return hash;
  }

  /** Not 0 for any byte, as a 0 at the beginning would not count. */
  private static long value(byte utf8) {
    return utf8 + 129L;
  }

  /** By Fermat's little theorem. */
  private static long inverse(long number) {
    return power(number, PRIME - 2);
  }

  private static long power(long number, long exponent) {
    long power = 1;
    long square = number;
    for (long left = exponent; left != 0; left >>= 1) {
      power = (left & 1) == 0 ? power : power * square % PRIME;
      square = square * square % PRIME;
    }
    return power;
  }
}
