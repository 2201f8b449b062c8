package dev.wrought.eval.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class GzipTest {
  @Test
  void compressedBytes_ofNothing_areHeaderAndChecksum() {
    assertEquals(20, Gzip.compressedBytes(new byte[0]));
  }

  @Test
  void compressedBytes_ofRepetition_areFew() {
    byte[] text = "in the beginning ".repeat(1_000).getBytes(StandardCharsets.UTF_8);
    assertTrue(Gzip.compressedBytes(text) < 200, "" + Gzip.compressedBytes(text));
  }
}
