package dev.wrought.tokenizer.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.Deflater;
import java.util.zip.ZipException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LibdeflateTest {
  private static final SplittableRandom RANDOM = new SplittableRandom(1);

  @BeforeAll
  static void installed() {
    assumeTrue(Libdeflate.system().isPresent(), "libdeflate is not installed");
  }

  @Test
  void unpack_whatTheJdkPacked_isTheSame() throws ZipException {
    for (int length : new int[] {0, 1, 100, 70_000, 1 << 20}) {
      for (int letters : new int[] {1, 4, 256}) {
        byte[] content = new byte[length];
        for (int i = 0; i < length; i++) {
          content[i] = (byte) RANDOM.nextInt(letters);
        }
        assertArrayEquals(content, unpack(packed(content), length));
      }
    }
  }

  @Test
  void unpack_otherLength_isRefused() {
    byte[] packed = packed("some text".getBytes(UTF_8));
    for (int length : new int[] {0, 8, 10, 1000}) {
      ZipException refused = assertThrows(ZipException.class, () -> unpack(packed, length));
      assertEquals(
          "it does not have the %d bytes that it announces".formatted(length),
          refused.getMessage());
    }
  }

  @Test
  void unpack_whatIsCutOrNothing_isRefused() {
    byte[] packed = packed("some text, some text".getBytes(UTF_8));
    for (int length = 0; length < packed.length; length++) {
      byte[] cut = Arrays.copyOf(packed, length);
      assertThrows(ZipException.class, () -> unpack(cut, 20));
    }
  }

  @Test
  void unpack_noStream_isRefused() {
    ZipException refused =
        assertThrows(ZipException.class, () -> unpack(new byte[] {-1, -1, -1}, 100));
    assertEquals("what is packed is damaged", refused.getMessage());
  }

  private static byte[] unpack(byte[] packed, int length) throws ZipException {
    byte[] content = new byte[length];
    Libdeflate.system()
        .orElseThrow()
        .unpack(MemorySegment.ofArray(packed), MemorySegment.ofArray(content));
    return content;
  }

  private static byte[] packed(byte[] content) {
    try (Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true)) {
      deflater.setInput(content);
      deflater.finish();
      byte[] packed = new byte[2 * content.length + 100];
      return Arrays.copyOf(packed, deflater.deflate(packed));
    }
  }
}
