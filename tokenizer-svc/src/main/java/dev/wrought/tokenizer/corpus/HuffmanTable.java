package dev.wrought.tokenizer.corpus;

import java.util.Arrays;
import java.util.zip.ZipException;

/**
 * Finds the symbol that a canonical Huffman code of at most 15 bits stands for. The next bits, as
 * many as most codes have, find an entry; that of longer codes links to more entries, which the
 * bits after those find.
 *
 * <pre>
 * bits of an entry   what
 *      0 to  7       how many bits the code has; 0: there is no such code
 *      8 to 11       how many bits that belong to the symbol follow; of a link, that find the rest
 *     12 to 14       a literal, the end, a link
 *     16 to 31       the literal, the shortest length or distance; of a link, where the rest is
 * </pre>
 *
 * <p>Source: RFC 1951, section 3.2.2. For one thread.
 */
final class HuffmanTable {
  private static final int MOST_BITS = 15;
  private static final int EXTRA_SHIFT = 8;
  private static final int LITERAL = 1 << 12;
  private static final int END = 1 << 13;
  private static final int LINK = 1 << 14;
  private static final int VALUE_SHIFT = 16;

  private final int firstBits;
  private final int[] symbols;
  private final int[] ordered;
  private final int[] offsets = new int[MOST_BITS + 2];
  private int[] entries;

  /**
   * @param firstBits that are looked at first
   * @param symbols entries of each but for the code's bits
   */
  HuffmanTable(int firstBits, int[] symbols) {
    this.firstBits = firstBits;
    this.symbols = symbols;
    this.ordered = new int[symbols.length];
    this.entries = new int[2 << firstBits];
  }

  /** Symbols that stand for themselves. */
  static int[] numbers(int count) {
    int[] symbols = new int[count];
    Arrays.setAll(symbols, value -> value << VALUE_SHIFT);
    return symbols;
  }

  /** Bytes, the end of a block, and lengths of 3 to 258 bytes. */
  static int[] literals() {
    int[] symbols = new int[288];
    Arrays.setAll(symbols, value -> value << VALUE_SHIFT | LITERAL);
    symbols[256] = END;
    int length = 3;
    for (int symbol = 257; symbol < 285; symbol++) {
      int extra = symbol < 265 ? 0 : (symbol - 261) / 4;
      symbols[symbol] = length << VALUE_SHIFT | extra << EXTRA_SHIFT;
      length += 1 << extra;
    }
    symbols[285] = 258 << VALUE_SHIFT;
    symbols[286] = 0; // of no length, which no repetition has
    symbols[287] = 0;
    return symbols;
  }

  /** Distances of 1 to 32768 bytes; of the last two symbols 0, which no repetition has. */
  static int[] distances() {
    int[] symbols = new int[32];
    int distance = 1;
    for (int symbol = 0; symbol < 30; symbol++) {
      int extra = symbol < 4 ? 0 : symbol / 2 - 1;
      symbols[symbol] = distance << VALUE_SHIFT | extra << EXTRA_SHIFT;
      distance += 1 << extra;
    }
    return symbols;
  }

  static int bits(int entry) {
    return entry & 0xFF;
  }

  static int extra(int entry) {
    return entry >>> EXTRA_SHIFT & 0xF;
  }

  static int value(int entry) {
    return entry >>> VALUE_SHIFT;
  }

  static boolean isLiteral(int entry) {
    return (entry & LITERAL) != 0;
  }

  static boolean isEnd(int entry) {
    return (entry & END) != 0;
  }

  static boolean isLink(int entry) {
    return (entry & LINK) != 0;
  }

  /** All of them, those of the next bits first; another array after another code is read. */
  int[] entries() {
    return entries;
  }

  /** Where the entry of a code is, or its link. @param next bits */
  static int first(long next, int firstBits) {
    return (int) next & ((1 << firstBits) - 1);
  }

  /** Where a link leads. @param next bits, from the code's first on */
  static int second(int link, long next, int firstBits) {
    return value(link) + ((int) (next >>> firstBits) & ((1 << extra(link)) - 1));
  }

  /**
   * Reads another code.
   *
   * @param lengths of the codes of all symbols, in bits; 0: a symbol has none
   * @throws ZipException where that is no code: none but one of a single symbol may be incomplete
   */
  void read(byte[] lengths, int from, int count) throws ZipException {
    int[] counts = new int[MOST_BITS + 1];
    for (int symbol = 0; symbol < count; symbol++) {
      counts[lengths[from + symbol]]++;
    }
    int used = count - counts[0];
    int unused = 1;
    for (int length = 1; length <= MOST_BITS; length++) {
      unused = 2 * unused - counts[length];
      if (unused < 0) {
        throw new ZipException("a code has more symbols than fit");
      }
    }
    if (unused > 0 && (used > 1 || used != counts[1])) {
      throw new ZipException("a code is incomplete");
    }
    order(lengths, from, count, counts);
    fill(counts, used, lengths, from);
  }

  /** Symbols by the length of their codes, then by number: the order of their codes. */
  private void order(byte[] lengths, int from, int count, int[] counts) {
    offsets[1] = 0;
    for (int length = 1; length <= MOST_BITS; length++) {
      offsets[length + 1] = offsets[length] + counts[length];
    }
    for (int symbol = 0; symbol < count; symbol++) {
      int length = lengths[from + symbol];
      if (length != 0) {
        ordered[offsets[length]++] = symbol;
      }
    }
  }

  private void fill(int[] counts, int used, byte[] lengths, int from) {
    int firstSize = 1 << firstBits;
    if (used < 2) {
      Arrays.fill(entries, 0, firstSize, 0);
    }
    int size = firstSize;
    int code = 0; // its first bit is the lowest
    int linked = -1;
    int linkBits = 0;
    for (int i = 0; i < used; i++) {
      int symbol = ordered[i];
      int length = lengths[from + symbol];
      int entry = symbols[symbol] | length;
      if (length <= firstBits) {
        for (int at = code; at < firstSize; at += 1 << length) {
          entries[at] = entry;
        }
      } else {
        int link = first(code, firstBits);
        if (link != linked) {
          linked = link;
          size += linkBits == 0 ? 0 : 1 << linkBits;
          linkBits = linkBits(counts, length);
          ensureRoom(size + (1 << linkBits));
          entries[link] = size << VALUE_SHIFT | LINK | linkBits << EXTRA_SHIFT | firstBits;
        }
        for (int at = code >>> firstBits; at < 1 << linkBits; at += 1 << (length - firstBits)) {
          entries[size + at] = entry;
        }
      }
      counts[length]--;
      code = following(code, length);
    }
  }

  /** How many bits tell the codes apart that begin as one of this length, the next, does. */
  private int linkBits(int[] counts, int length) {
    int bits = length - firstBits;
    int left = (1 << bits) - counts[length];
    while (left > 0 && bits + firstBits < MOST_BITS) {
      bits++;
      left = 2 * left - counts[firstBits + bits];
    }
    return bits;
  }

  private void ensureRoom(int size) {
    if (size > entries.length) {
      entries = Arrays.copyOf(entries, Math.max(size, 2 * entries.length));
    }
  }

  /**
   * The next code of this length, where the first bit is the lowest: adds one from the other end.
   */
  private static int following(int code, int length) {
    int bit = 1 << (length - 1);
    int next = code;
    while ((next & bit) != 0) {
      next ^= bit;
      bit >>>= 1;
    }
    return next | bit;
  }
}
