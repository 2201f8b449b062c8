package dev.wrought.core.gguf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GgufFileTest {
  @TempDir Path folder;

  @Test
  void of_bytesOfAFile_isTheSameAsTheFile() {
    byte[] bytes = TinyGguf.bytes(folder);
    try (GgufFile mapped = GgufFile.open(folder.resolve("tiny.gguf"));
        GgufFile inMemory = GgufFile.of(bytes, "bytes")) {
      assertEquals(mapped.metadata(), inMemory.metadata());
      assertEquals(mapped.tensors(), inMemory.tensors());
      assertEquals(mapped.dataOffset(), inMemory.dataOffset());
      mapped
          .tensors()
          .keySet()
          .forEach(name -> assertEquals(-1, mapped.data(name).mismatch(inMemory.data(name))));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void of_knownVersion_isRead(int version) {
    byte[] file = GgufBytes.start(version).int64(0).int64(0).bytes();
    try (GgufFile read = GgufFile.of(file, "f")) {
      assertEquals(version, read.version());
      assertEquals(32, read.dataOffset());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1,         version 1",
    "16777216,  big-endian",
    "33554432,  big-endian",
    "50331648,  big-endian",
    "0,         version 0; 2 and 3 are read here",
    "4,         version 4; 2 and 3 are read here",
    "-1,        version 4294967295"
  })
  void of_versionOrByteOrderThatIsNotRead_isRefusedByName(int version, String expected) {
    byte[] file = GgufBytes.start(version).zeros(16).bytes();
    Refusals.assertRefused(
        ErrorCode.FAILED_PRECONDITION, expected, () -> GgufFile.of(file, "f.gguf"));
  }

  @Test
  void of_tensorsInAnotherOrderWithRoomBetween_areFound() {
    byte[] file =
        GgufBytes.file(3, 0)
            .tensor("later", 24, 64, 2)
            .tensor("nothing", 24, 32, 0)
            .tensor("first", 24, 0, 3)
            .data(0)
            .raw("abc")
            .data(32)
            .raw("xy")
            .bytes();
    try (GgufFile read = GgufFile.of(file, "f")) {
      assertEquals(List.of("later", "nothing", "first"), List.copyOf(read.tensors().keySet()));
      assertEquals("xy", text(read.data("later")));
      assertEquals("abc", text(read.data("first")));
      assertEquals("", text(read.data("nothing")));
    }
  }

  @Test
  void of_shape_isTurnedOutermostFirst() {
    byte[] file = GgufBytes.file(1, 0).tensor("w", 2, 0, 32, 5).data(90).bytes();
    try (GgufFile read = GgufFile.of(file, "f")) {
      assertEquals(List.of(5L, 32L), read.tensor("w").shape());
    }
  }

  @Test
  void close_endsTheData_andLeavesTheMetadata() {
    GgufFile read = GgufFile.of(TinyGguf.bytes(folder), "f");
    MemorySegment data = read.data("scalar");
    read.close();
    assertThrows(IllegalStateException.class, () -> data.get(ValueLayout.JAVA_BYTE, 0));
    assertEquals(TinyGguf.metadata(), read.metadata());
  }

  @Test
  void data_ofAnUnknownTensor_isNotFound() {
    try (GgufFile read = GgufFile.of(TinyGguf.bytes(folder), "f")) {
      WroughtException refused = assertThrows(WroughtException.class, () -> read.data("bias"));
      assertEquals(ErrorCode.NOT_FOUND, refused.code());
      assertTrue(refused.getMessage().contains("no tensor bias among the file's 5"));
    }
  }

  @Test
  void open_missingFileOrFolder_isNamed() {
    Refusals.assertRefused(
        ErrorCode.NOT_FOUND, "missing.gguf", () -> GgufFile.open(folder.resolve("missing.gguf")));
    Refusals.assertRefused(ErrorCode.STORAGE, "cannot read", () -> GgufFile.open(folder));
  }

  @Test
  void open_refusedOrClosed_isNoLongerMapped() throws IOException {
    Path maps = Path.of("/proc/self/maps");
    assumeTrue(Files.exists(maps), "only Linux tells what is mapped");
    TinyGguf.bytes(folder);
    Path sound = folder.resolve("tiny.gguf");
    Path damaged = Files.write(folder.resolve("damaged.gguf"), GgufBytes.file(1, 1).bytes());
    try (GgufFile read = GgufFile.open(sound)) {
      assertEquals(3, read.version());
      assertTrue(Files.readString(maps).contains("tiny.gguf"));
    }
    Refusals.assertCorrupt("1 tensors are claimed", () -> GgufFile.open(damaged));
    assertFalse(Files.readString(maps).contains("tiny.gguf"));
    assertFalse(Files.readString(maps).contains("damaged.gguf"));
  }

  /** FAULTS C7: a file of 8 GB, of which the disk holds a page, may fill no heap. */
  @Test
  void open_countsThatFitAHugeFile_stayWithinTheHeap() throws IOException {
    assertHugeIsRefused("100001 tensors are claimed; at most 100000", GgufBytes.file(100_001, 0));
    assertHugeIsRefused("100001 keys are claimed; at most 100000", GgufBytes.file(0, 100_001));
    assertHugeIsRefused(
        "2000000000 elements of type uint8 are claimed; at most 99999951 fit into the 99999951 bytes"
            + " that remain of the 100000000 of a header",
        GgufBytes.file(0, 1).key("a", MetadataType.ARRAY).array(MetadataType.UINT8, 2_000_000_000));
    assertHugeIsRefused(
        "2000000000 bytes of a string are claimed",
        GgufBytes.file(0, 1).key("a", MetadataType.STRING).int64(2_000_000_000));
  }

  private void assertHugeIsRefused(String expected, GgufBytes start) throws IOException {
    Path file = Files.write(folder.resolve("huge.gguf"), start.bytes());
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(1), 8L << 30);
    }
    Refusals.assertCorrupt(expected, () -> GgufFile.open(file));
  }

  private static String text(MemorySegment data) {
    return new String(data.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.US_ASCII);
  }
}
