package dev.wrought.tokenizer.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reads files that DuckDB 1.4.1 wrote ({@code COPY ... (FORMAT parquet)}): columns id, text with a
 * null in every fourth row, label, numbers (a list) and meta (a struct with a text).
 */
class ParquetSourceTest extends CorpusSourceContract {
  @TempDir Path folder;

  @Override
  CorpusSourceFactory factory() {
    return new ParquetSourceFactory();
  }

  @Override
  Map<String, ?> settings() throws IOException {
    return Map.of("path", file("snappy.parquet").toString());
  }

  @Test
  void read_anyCodecAndPageVersion_givesTheColumn() throws IOException {
    for (String name : List.of("snappy.parquet", "zstd-v2.parquet")) {
      List<String> read = read(file(name), "text");
      assertEquals(12, read.size());
      assertEquals(name + ":1: row 0 é", read.get(0));
      assertEquals(name + ":4: ", read.get(3));
      assertEquals(name + ":11: row 10 é", read.get(10));
    }
  }

  @Test
  void read_otherFields_mayBeDictionariesOrNested() throws IOException {
    assertEquals("snappy.parquet:2: odd", read(file("snappy.parquet"), "label").get(1));
    assertEquals("snappy.parquet:3: nested 2", read(file("snappy.parquet"), "meta.body").get(2));
  }

  @Test
  void read_rowGroups_followEachOther() throws IOException {
    List<String> read = read(file("groups.parquet"), "text");
    assertEquals(5000, read.size());
    for (int row = 0; row < read.size(); row++) {
      String text = row % 4 == 3 ? "" : "row " + row + " é";
      assertEquals("groups.parquet:" + (row + 1) + ": " + text, read.get(row));
    }
  }

  @Test
  void open_fieldThatIsNoText_namesTheColumns() {
    for (String field : List.of("body", "id", "numbers")) {
      WroughtException refused =
          assertThrows(WroughtException.class, () -> read(file("snappy.parquet"), field));
      assertEquals(ErrorCode.INVALID_DATA, refused.code());
      String message = String.valueOf(refused.getMessage());
      assertTrue(message.contains("has no column '" + field + "' with text"), message);
      assertTrue(message.contains("id (int64), text (text), label (text), numbers"), message);
    }
  }

  /** FAULTS D3: a dictionary of one long text, and rows that repeat it. */
  @Test
  void read_bomb_isRefusedByItsRatio() {
    WroughtException refused =
        assertThrows(WroughtException.class, () -> read(file("bomb.parquet"), "text"));
    assertTrue(String.valueOf(refused.getMessage()).contains("more than 100:1 is refused"));
  }

  /** FAULTS D2. */
  @Test
  void read_truncatedFile_isRefusedByName() throws IOException {
    byte[] whole = Files.readAllBytes(file("snappy.parquet"));
    Path cut = folder.resolve("cut.parquet");
    for (int length = 0; length < whole.length; length += 97) {
      Files.write(cut, Arrays.copyOf(whole, length));
      assertRefused(cut, "length " + length);
    }
  }

  /** FAULTS D2: damage is refused by name, or shows in the text; it is never a crash or a wait. */
  @Test
  void read_flippedBits_areRefusedByNameOrHarmless() throws IOException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    byte[] whole = Files.readAllBytes(file("zstd-v2.parquet"));
    Path flipped = folder.resolve("flipped.parquet");
    int refused = 0;
    for (int round = 0; round < 100; round++) {
      byte[] damaged = whole.clone();
      int bit = random.nextInt(8 * whole.length);
      damaged[bit / 8] ^= (byte) (1 << (bit % 8));
      Files.write(flipped, damaged);
      try {
        read(flipped, "text");
      } catch (WroughtException named) {
        assertNotEquals(ErrorCode.INTERNAL_ERROR, named.code(), "seed " + seed + ", bit " + bit);
        assertTrue(String.valueOf(named.getMessage()).contains("flipped.parquet"));
        refused++;
      } catch (RuntimeException unnamed) {
        throw new AssertionError("seed " + seed + ", bit " + bit, unnamed);
      }
    }
    assertTrue(refused > 0, "seed " + seed);
  }

  /** FAULTS D2: the reader of the format would wait for such a page for ever. */
  @Test
  void open_pageThatIsLongerThanItsColumn_isRefused() throws IOException {
    byte[] whole = Files.readAllBytes(file("zstd-v2.parquet"));
    Path flipped = folder.resolve("flipped.parquet");
    int refused = 0;
    for (int bit = 0; bit < 8 * whole.length / 2; bit += 7) {
      byte[] damaged = whole.clone();
      damaged[bit / 8] ^= (byte) (1 << (bit % 8));
      Files.write(flipped, damaged);
      try {
        Corpora.read(new ParquetSource(flipped, "text"));
      } catch (WroughtException named) {
        refused += String.valueOf(named.getMessage()).contains("the page at byte") ? 1 : 0;
      }
    }
    assertTrue(refused > 3, "only " + refused + " were refused");
  }

  private void assertRefused(Path file, String what) {
    WroughtException refused = assertThrows(WroughtException.class, () -> read(file, "text"), what);
    assertEquals(ErrorCode.INVALID_DATA, refused.code(), what);
    assertTrue(String.valueOf(refused.getMessage()).contains("cut.parquet"), what);
  }

  private static List<String> read(Path file, String field) throws IOException {
    return Corpora.read(new ParquetSource(file, field));
  }

  private Path file(String name) throws IOException {
    Path copy = folder.resolve(name);
    if (Files.notExists(copy)) {
      try (InputStream in = ParquetSourceTest.class.getResourceAsStream(name)) {
        Files.copy(in, copy);
      }
    }
    return copy;
  }
}
