package dev.wrought.core.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SafetensorsTest {
  @TempDir Path folder;

  @Test
  void write_thenOpen_givesTheSameTensors() {
    float[] values = {1, -2.5f, Float.MIN_VALUE, 4, 5, 6};
    SequencedMap<String, TensorView> tensors = new LinkedHashMap<>();
    tensors.put(
        "flags",
        new TensorView(TensorType.U8, new long[] {3}, MemorySegment.ofArray(new byte[] {1, 2, 3})));
    tensors.put(
        "weight", new TensorView(TensorType.F32, new long[] {2, 3}, MemorySegment.ofArray(values)));
    tensors.put(
        "empty",
        new TensorView(TensorType.BF16, new long[] {0, 7}, MemorySegment.ofArray(new short[0])));
    tensors.put(
        "scalar",
        new TensorView(TensorType.F64, new long[0], MemorySegment.ofArray(new double[] {0.5})));
    Path file = folder.resolve("a.safetensors");

    SafetensorsWriter.write(file, tensors, Map.of("format", "pt"));

    try (SafetensorsFile opened = SafetensorsFile.open(file)) {
      assertEquals(
          List.of("scalar", "weight", "empty", "flags"), List.copyOf(opened.tensors().keySet()));
      assertEquals("pt", opened.metadata().get("format"));
      TensorView weight = opened.tensor("weight");
      assertArrayEquals(values, weight.data().toArray(ValueLayout.JAVA_FLOAT));
      assertArrayEquals(new long[] {2, 3}, weight.shape());
      assertEquals(0, weight.data().address() % Float.BYTES);
      assertEquals(0, opened.tensor("empty").elements());
      assertEquals(
          ErrorCode.NOT_FOUND,
          assertThrows(WroughtException.class, () -> opened.tensor("bias")).code());
    }
  }

  @Test
  void write_sameTensors_givesTheSameBytes() throws IOException {
    SequencedMap<String, TensorView> tensors = new LinkedHashMap<>();
    tensors.put(
        "a",
        new TensorView(TensorType.F32, new long[] {1}, MemorySegment.ofArray(new float[] {1})));
    SafetensorsWriter.write(folder.resolve("1"), tensors, Map.of("x", "1", "y", "2", "z", "3"));
    SafetensorsWriter.write(folder.resolve("2"), tensors, Map.of("z", "3", "y", "2", "x", "1"));
    assertEquals(-1, Files.mismatch(folder.resolve("1"), folder.resolve("2")));
  }

  /** FAULTS C6: each breaks one rule of the header; D is the number of data bytes that follow. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          not JSON          | 0 | `{"a":`                                                                  | not valid JSON
          not an object     | 0 | `[1, 2]`                                                                 | expected START_OBJECT
          trailing text     | 0 | `{} {}`                                                                  | closing brace
          duplicate tensor  | 8 | `{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}` | Duplicate
          duplicate field   | 4 | `{"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}`   | Duplicate
          unknown field     | 4 | `{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"code":"x"}}`      | unknown field code
          unknown dtype     | 4 | `{"a":{"dtype":"F31","shape":[1],"data_offsets":[0,4]}}`                 | unknown dtype 'F31'
          no shape          | 4 | `{"a":{"dtype":"F32","data_offsets":[0,4]}}`                             | no shape
          no offsets        | 4 | `{"a":{"dtype":"F32","shape":[1]}}`                                      | data_offsets
          three offsets     | 4 | `{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,2,4]}}`               | more than 2
          negative offset   | 4 | `{"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}`                | the number -4
          wrong order       | 4 | `{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}`                 | begin <= end
          huge offset       | 4 | `{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,18446744073709551615]}}` | the number 18446744073709551615
          beyond the file   | 4 | `{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}`                 | the file has 4
          size and shape    | 8 | `{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}}`                 | needs 4 bytes
          negative shape    | 4 | `{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}`                | the number -1
          shape overflow    | 0 | `{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}` | overflows
          fractional shape  | 4 | `{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}`               | VALUE_NUMBER_FLOAT
          overlap           | 6 | `{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}` | begins at byte 2
          hole              | 9 | `{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[5,9]}}` | begins at byte 5
          data left over    | 8 | `{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}`                 | the file has 8
          metadata number   | 0 | `{"__metadata__":{"a":1}}`                                               | VALUE_STRING
          nested            | 0 | `{"a":{"shape":[[[[[[[[[[0]]]]]]]]]]}}`                                  | expected VALUE_NUMBER_INT
          """)
  void open_brokenHeader_namesTheProblem(String what, int data, String header, String expected)
      throws IOException {
    assertRefused(expected, file(header.getBytes(StandardCharsets.UTF_8), data));
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "9223372036854775807", "-1", "-9223372036854775808", "1000"})
  void open_impossibleHeaderLength_isRefused(long length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
    assertRefused("its header claims", Files.write(folder.resolve("f"), bytes.array()));
  }

  @Test
  void open_fewerThanEightBytes_isRefused() throws IOException {
    assertRefused("it has 3 bytes", Files.write(folder.resolve("f"), new byte[3]));
  }

  @Test
  void open_headerThatIsNotUtf8_isRefused() throws IOException {
    byte[] header =
        "{\"a?\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}}"
            .getBytes(StandardCharsets.UTF_8);
    header[3] = (byte) 0xc0;
    assertRefused("not UTF-8 at byte 3", file(header, 0));
  }

  @Test
  void open_millionTensors_isRefusedWithinTheHeap() throws IOException {
    List<String> entries = new ArrayList<>();
    for (int i = 0; i < 1_000_000; i++) {
      entries.add("\"t%d\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}".formatted(i));
    }
    byte[] header = ("{" + String.join(",", entries) + "}").getBytes(StandardCharsets.UTF_8);
    assertRefused("more than 100000 tensors", file(header, 0));
  }

  private Path file(byte[] header, int dataBytes) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + header.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(header.length).put(header);
    return Files.write(folder.resolve("f"), bytes.array());
  }

  private static void assertRefused(String expected, Path file) {
    WroughtException refusal =
        assertThrows(WroughtException.class, () -> SafetensorsFile.open(file));
    assertEquals(ErrorCode.CORRUPT_FILE, refusal.code());
    assertTrue(String.valueOf(refusal.getMessage()).contains(expected), refusal.getMessage());
  }
}
