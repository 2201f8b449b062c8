package dev.wrought.tokenizer.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;

/** Against the JDK's, which packs and unpacks beside it. */
class InflateTest {
  private static final int[] SIZES = {0, 1, 2, 7, 8, 9, 258, 259, 4098, 70_001};

  private final Inflate inflate = new Inflate();

  @Test
  void unpack_whatTheJdkPacks_comesBackAtAnyLevelAndStrategy() throws ZipException {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int size : SIZES) {
      for (int letters : new int[] {1, 2, 30, 256}) {
        byte[] content = content(random, size, letters);
        for (int level : new int[] {0, 1, 6, 9}) {
          for (int strategy = Deflater.DEFAULT_STRATEGY;
              strategy <= Deflater.HUFFMAN_ONLY;
              strategy++) {
            byte[] packed = packed(content, level, strategy);
            assertArrayEquals(
                content,
                unpacked(packed, packed.length, size),
                "seed %d, %d bytes, level %d".formatted(seed, size, level));
          }
        }
      }
    }
  }

  /** Letters of which each is half as frequent as the one before have codes of up to 15 bits. */
  @Test
  void unpack_veryUnequalLetters_haveLongCodes() throws ZipException {
    Random random = new Random(11);
    byte[] content = new byte[300_000];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (7 * Long.numberOfTrailingZeros(random.nextLong()));
    }
    byte[] packed = packed(content, 9, Deflater.HUFFMAN_ONLY);
    assertArrayEquals(content, unpacked(packed, packed.length, content.length));
  }

  @Test
  void unpack_cutOffAnywhere_isRefused() {
    byte[] content = content(new Random(5), 5000, 30);
    byte[] packed = packed(content, 6, Deflater.DEFAULT_STRATEGY);
    for (int length = 0; length < packed.length; length++) {
      int cut = length;
      assertThrows(ZipException.class, () -> unpacked(packed, cut, content.length), "" + length);
    }
  }

  @Test
  void unpack_anotherSizeThanAnnounced_isRefused() {
    byte[] content = content(new Random(5), 5000, 30);
    for (int level : new int[] {0, 6}) {
      byte[] packed = packed(content, level, Deflater.DEFAULT_STRATEGY);
      for (int size : new int[] {0, 1, 4999, 5001, 9000}) {
        ZipException refused =
            assertThrows(ZipException.class, () -> unpacked(packed, packed.length, size));
        assertTrue(String.valueOf(refused.getMessage()).contains("announced"));
      }
    }
  }

  /** Whatever a damaged archive holds: what the JDK refuses is refused, the rest is the same. */
  @Test
  void unpack_damagedBits_doesAsTheJdkDoes() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    int intact = 0;
    for (int i = 0; i < 4000; i++) {
      byte[] content = content(random, 1 + random.nextInt(300), 1 + random.nextInt(40));
      byte[] packed = packed(content, random.nextInt(10), random.nextInt(3));
      for (int flips = random.nextInt(4); flips > 0; flips--) {
        int bit = random.nextInt(8 * packed.length);
        packed[bit / 8] ^= (byte) (1 << bit % 8);
      }
      Optional<byte[]> expected = jdks(packed, content.length);
      String message = "seed %d, number %d".formatted(seed, i);
      if (expected.isPresent()) {
        byte[] actual = assertUnpacks(packed, content.length, message);
        assertArrayEquals(expected.get(), actual, message);
        intact++;
      } else {
        assertThrows(
            ZipException.class, () -> unpacked(packed, packed.length, content.length), message);
      }
    }
    assertTrue(intact > 1000 && intact < 3900, intact + " could be unpacked, seed " + seed);
  }

  private byte[] assertUnpacks(byte[] packed, int size, String message) {
    try {
      return unpacked(packed, packed.length, size);
    } catch (ZipException refused) {
      throw new AssertionError(message, refused);
    }
  }

  /** With other bytes in front of what is packed, and behind it. */
  private byte[] unpacked(byte[] packed, int length, int size) throws ZipException {
    byte[] around = new byte[3 + length + Inflate.SLACK];
    Arrays.fill(around, (byte) 0xA5);
    System.arraycopy(packed, 0, around, 3, length);
    return inflate.unpack(around, 3, 3 + length, size);
  }

  private static byte[] packed(byte[] content, int level, int strategy) {
    try (Deflater deflater = new Deflater(level, true)) {
      deflater.setStrategy(strategy);
      deflater.setInput(content);
      deflater.finish();
      byte[] packed = new byte[2 * content.length + 100];
      int length = 0;
      while (!deflater.finished()) {
        length += deflater.deflate(packed, length, packed.length - length);
      }
      return Arrays.copyOf(packed, length);
    }
  }

  private static Optional<byte[]> jdks(byte[] packed, int size) {
    try (Inflater inflater = new Inflater(true)) {
      inflater.setInput(packed);
      byte[] unpacked = new byte[size + 1];
      int length = inflater.inflate(unpacked);
      return inflater.finished() && length == size
          ? Optional.of(Arrays.copyOf(unpacked, size))
          : Optional.empty();
    } catch (DataFormatException damaged) {
      return Optional.empty();
    }
  }

  /** Of so many letters, some of it said before, near and far. */
  private static byte[] content(Random random, int size, int letters) {
    byte[] content = new byte[size];
    for (int at = 0; at < size; ) {
      if (at > 0 && random.nextInt(4) == 0) {
        int distance = 1 + random.nextInt(random.nextBoolean() ? Math.min(at, 12) : at);
        int end = Math.min(size, at + 3 + random.nextInt(random.nextInt(10) == 0 ? 300 : 20));
        for (; at < end; at++) {
          content[at] = content[at - distance];
        }
      } else {
        content[at++] = (byte) random.nextInt(letters);
      }
    }
    return content;
  }

  @Test
  void unpack_text_comesBack() throws ZipException {
    String text = "to be, or not to be: that is the question. ".repeat(500);
    byte[] packed = packed(text.getBytes(UTF_8), 9, Deflater.DEFAULT_STRATEGY);
    assertEquals(text, new String(unpacked(packed, packed.length, text.length()), UTF_8));
  }
}
