package dev.wrought.core.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Leb128Test {
  @ParameterizedTest
  @ValueSource(
      longs = {0, 1, 127, 128, 16_383, 16_384, Integer.MAX_VALUE, 1L << 31, Long.MAX_VALUE})
  void read_whatWasWritten_isTheSame(long number) throws IOException {
    assertEquals(number, Leb128.read(new ByteArrayInputStream(written(number))));
  }

  @Test
  void write_theExampleOfTheDwarfStandard_hasItsBytes() throws IOException {
    assertArrayEquals(new byte[] {(byte) 0xE5, (byte) 0x8E, 0x26}, written(624_485));
  }

  @Test
  void read_whatIsNoNumberOrTooLarge_isRefused() {
    byte[] cut = {(byte) 0x80};
    byte[] endless = new byte[11];
    Arrays.fill(endless, (byte) 0xFF);
    assertThrows(IOException.class, () -> Leb128.read(new ByteArrayInputStream(cut)));
    assertThrows(IOException.class, () -> Leb128.read(new ByteArrayInputStream(endless)));
    assertThrows(
        IOException.class, () -> Leb128.readInt(new ByteArrayInputStream(written(1L << 31))));
  }

  private static byte[] written(long number) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Leb128.write(out, number);
    return out.toByteArray();
  }
}
