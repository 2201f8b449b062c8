package dev.wrought.core.gguf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class GgufWriterTest {
  @TempDir Path folder;

  @Test
  void write_thenOpen_givesEveryTypeOfValue() {
    GgufWriter.write(file(), TinyGguf.metadata(), TinyGguf.tensors());
    try (GgufFile read = GgufFile.open(file())) {
      assertEquals(3, read.version());
      assertEquals(TinyGguf.metadata(), read.metadata());
      assertEquals(64, read.metadata().alignment());
    }
  }

  @Test
  void write_thenOpen_givesTheTensorsInTheirOrder() {
    GgufWriter.write(file(), TinyGguf.metadata(), TinyGguf.tensors());
    try (GgufFile read = GgufFile.open(file())) {
      List<GgufWriter.Source> written = TinyGguf.tensors();
      assertEquals(
          written.stream().map(GgufWriter.Source::name).toList(),
          List.copyOf(read.tensors().keySet()));
      for (GgufWriter.Source source : written) {
        GgufTensor tensor = read.tensor(source.name());
        assertEquals(source.type(), tensor.type());
        assertEquals(source.shape(), tensor.shape());
        assertEquals(-1, source.data().get().mismatch(read.data(source.name())));
        assertEquals(0, (read.dataOffset() + tensor.offset()) % 64);
      }
      assertEquals(192, read.tensor("blk.0.ffn_up.weight").elements());
      assertEquals(1, read.tensor("scalar").elements());
      assertEquals(0, read.tensor("nothing").elements());
    }
  }

  /** The specification, field by field. */
  @Test
  void write_oneKeyAndOneTensor_hasTheBytesOfTheSpecification() throws IOException {
    byte[] expected =
        GgufBytes.file(1, 1)
            .key("a.b", MetadataType.ARRAY)
            .array(MetadataType.INT16, 2)
            .raw("\u0001\0\u00FE\u00FF")
            .tensor("w", 1, 0, 3, 2)
            .data(0)
            .raw("abcdefghijkl")
            .data(0)
            .bytes();

    GgufWriter.write(
        file(),
        GgufMetadata.of(values("a.b", Numbers.ofIntegers(MetadataType.INT16, 1, -2))),
        List.of(
            new GgufWriter.Source(
                "w",
                GgmlType.F16,
                List.of(2L, 3L),
                () -> MemorySegment.ofArray("abcdefghijkl".getBytes(StandardCharsets.US_ASCII)))));

    assertArrayEquals(expected, Files.readAllBytes(file()));
  }

  @Test
  void write_sameInput_givesTheSameBytes() throws IOException {
    assertArrayEquals(TinyGguf.bytes(folder), TinyGguf.bytes(folder));
  }

  @Test
  void write_memoryOfAnyKind_isWritten() {
    float[] floats = {1, -2.5f, Float.MIN_VALUE};
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment heap = MemorySegment.ofArray(floats);
      MemorySegment nativeCopy = arena.allocate(12, 4).copyFrom(heap);
      GgufWriter.write(
          file(),
          GgufMetadata.of(Collections.emptyNavigableMap()),
          List.of(
              new GgufWriter.Source("heap", GgmlType.F32, List.of(3L), heap::asReadOnly),
              new GgufWriter.Source("native", GgmlType.F32, List.of(3L), () -> nativeCopy)));
    }
    try (GgufFile read = GgufFile.open(file())) {
      assertArrayEquals(floats, read.data("heap").toArray(ValueLayout.JAVA_FLOAT));
      assertArrayEquals(floats, read.data("native").toArray(ValueLayout.JAVA_FLOAT));
      assertTrue(read.data("heap").isReadOnly());
    }
  }

  @ParameterizedTest
  @EnumSource
  void write_everyTypeOfTensor_isReadAgain(GgmlType type) {
    long row = 3L * type.blockElements();
    GgufWriter.write(
        file(),
        GgufMetadata.of(Collections.emptyNavigableMap()),
        List.of(TinyGguf.source("w", type, List.of(2L, row), 6 * type.blockBytes())));
    try (GgufFile read = GgufFile.open(file())) {
      assertEquals(new GgufTensor("w", type, List.of(2L, row), 0), read.tensor("w"));
      assertEquals(2 * row, read.tensor("w").elements());
    }
  }

  @Test
  void write_failsMidway_keepsTheOldFileAndLeavesNothing() throws IOException {
    Files.writeString(file(), "old");
    List<GgufWriter.Source> tensors =
        List.of(
            TinyGguf.source("whole", GgmlType.I8, List.of(9L), 9),
            TinyGguf.source("short", GgmlType.F32, List.of(2L), 7));
    WroughtException refused =
        assertThrows(
            WroughtException.class, () -> GgufWriter.write(file(), TinyGguf.metadata(), tensors));
    assertEquals(ErrorCode.INVALID_ARGUMENT, refused.code());
    assertTrue(
        refused
            .getMessage()
            .contains("tensor short of type F32 and shape [2] takes 8 bytes, not 7"),
        refused.getMessage());
    assertEquals("old", Files.readString(file()));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(file()), files.toList());
    }
  }

  @Test
  void write_intoAMissingFolder_isStorage() {
    WroughtException refused =
        assertThrows(
            WroughtException.class,
            () ->
                GgufWriter.write(folder.resolve("missing/a.gguf"), TinyGguf.metadata(), List.of()));
    assertEquals(ErrorCode.STORAGE, refused.code());
  }

  @Test
  void write_whatTheFormatDoesNotAllow_isRefusedByName() {
    assertRefused("tensor w is there twice", "w", "w");
    assertRefused("has a name of 64 bytes; ggml reads at most 63", "n".repeat(64));
    assertRefused("has a name of 65 bytes; 1 to 64 are allowed", "n".repeat(65));
    assertRefused("has a name of 0 bytes", "");
    assertRefused("lone surrogate", "\uD800");
  }

  @Test
  void write_moreThanIsRead_isRefused() {
    GgufArray empty = Texts.of(List.of());
    GgufValue arrays = new Nested(Collections.nCopies(60_000, empty));
    SequencedMap<String, GgufValue> values = values("a", arrays);
    values.put("b", arrays);
    assertRefused("a header of 120000 arrays in arrays; 100000 are read", values);

    SequencedMap<String, GgufValue> keys = new LinkedHashMap<>();
    for (int i = 0; i < 100_001; i++) {
      keys.put("k" + i, new GgufValue.Bool(true));
    }
    assertRefused("a header of 100001 keys; 100000 are read", keys);
  }

  private void assertRefused(String expected, SequencedMap<String, GgufValue> values) {
    assertRefused(expected, GgufMetadata.of(values), List.of());
  }

  private void assertRefused(String expected, String... names) {
    assertRefused(
        expected,
        TinyGguf.metadata(),
        Arrays.stream(names)
            .map(name -> TinyGguf.source(name, GgmlType.F32, List.of(1L), 4))
            .toList());
  }

  private void assertRefused(
      String expected, GgufMetadata metadata, List<GgufWriter.Source> tensors) {
    WroughtException refused =
        assertThrows(WroughtException.class, () -> GgufWriter.write(file(), metadata, tensors));
    assertEquals(ErrorCode.INVALID_ARGUMENT, refused.code());
    assertTrue(refused.getMessage().contains(expected), refused.getMessage());
    assertTrue(Files.notExists(file()));
  }

  private static SequencedMap<String, GgufValue> values(String key, GgufValue value) {
    SequencedMap<String, GgufValue> values = new LinkedHashMap<>();
    values.put(key, value);
    return values;
  }

  private Path file() {
    return folder.resolve("a.gguf");
  }
}
