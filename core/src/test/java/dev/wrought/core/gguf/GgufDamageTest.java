package dev.wrought.core.gguf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.error.WroughtException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * FAULTS C7: damage is refused by name, or what is read is what the damaged file says: written
 * again, it gives the file's own bytes.
 */
final class GgufDamageTest {
  private static final int VERSION_AT = 4;

  @TempDir Path folder;

  @Test
  void of_truncatedAtEveryByte_isRefused_butForTheLastPadding() {
    byte[] whole = TinyGguf.bytes(folder);
    int padding = 64 - 24;
    for (int length = 0; length < whole.length; length++) {
      boolean sound = isReadFaithfully(Arrays.copyOf(whole, length), "length " + length);
      assertEquals(length >= whole.length - padding, sound, "length " + length);
    }
  }

  @Test
  void of_aRandomBitFlipped_isRefusedOrReadAsItIs() {
    byte[] whole = TinyGguf.bytes(folder);
    long seed = 23;
    Random random = new Random(seed);
    int refused = 0;
    for (int round = 0; round < 1000; round++) {
      int bit = random.nextInt(8 * whole.length);
      byte[] damaged = whole.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      refused += isReadFaithfully(damaged, "seed %d, bit %d".formatted(seed, bit)) ? 0 : 1;
    }
    assertTrue(refused > 100 && refused < 900, refused + " of 1000 refused, seed " + seed);
  }

  @Test
  void of_anyEightBytesSetToAnExtreme_isRefusedOrReadAsItIs() {
    byte[] whole = oneOfEachField();
    long[] extremes = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE, 1 << 24};
    for (int at = 0; at <= whole.length - Long.BYTES; at++) {
      for (long extreme : extremes) {
        byte[] damaged = whole.clone();
        ByteBuffer.wrap(damaged).order(ByteOrder.LITTLE_ENDIAN).putLong(at, extreme);
        isReadFaithfully(damaged, "%d at %d".formatted(extreme, at));
      }
    }
  }

  /** Every kind of length and count. */
  private static byte[] oneOfEachField() {
    byte[] file =
        GgufBytes.file(2, 5)
            .key("general.alignment", MetadataType.UINT32)
            .int32(32)
            .key("a", MetadataType.STRING)
            .text("text")
            .key("b", MetadataType.ARRAY)
            .array(MetadataType.STRING, 2)
            .text("x")
            .text("yz")
            .key("c", MetadataType.ARRAY)
            .array(MetadataType.INT16, 3)
            .zeros(6)
            .key("d", MetadataType.ARRAY)
            .array(MetadataType.ARRAY, 1)
            .array(MetadataType.BOOL, 1)
            .int8(1)
            .tensor("v", 24, 0, 3)
            .tensor("w", 2, 32, 32, 2)
            .data(32 + 36)
            .bytes();
    assertTrue(isReadFaithfully(file, "whole"));
    return file;
  }

  /** Whether it is read, and not refused; fails if it is read as something else. */
  private static boolean isReadFaithfully(byte[] file, String what) {
    try (GgufFile read = Refusals.withinHeap(() -> GgufFile.of(file, "damaged.gguf"))) {
      byte[] header = HeaderOutput.header(read.metadata(), read.tensors().values());
      header[VERSION_AT] = (byte) read.version();
      assertTrue(Arrays.equals(header, Arrays.copyOf(file, header.length)), what);
      for (GgufTensor tensor : read.tensors().values()) {
        long from = read.dataOffset() + tensor.offset();
        MemorySegment data = read.data(tensor.name());
        MemorySegment expected =
            data.byteSize() == 0
                ? MemorySegment.NULL
                : MemorySegment.ofArray(file).asSlice(from, tensor.sizeBytes());
        assertEquals(-1, expected.mismatch(data), what);
      }
      return true;
    } catch (WroughtException refused) {
      return false;
    }
  }
}
