package dev.wrought.core.gguf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** A small file with a value of every type, at the ends of its range, and tensors of some types. */
final class TinyGguf {
  private TinyGguf() {}

  static GgufMetadata metadata() {
    SequencedMap<String, GgufValue> values = new LinkedHashMap<>();
    values.put("general.architecture", new GgufValue.Text("llama"));
    values.put("general.alignment", new GgufValue.Int(MetadataType.UINT32, 64));
    values.put("text.beyond_ascii", new GgufValue.Text("Ġ弘\uFFFD\uD83D\uDE00\0"));
    values.put("yes", new GgufValue.Bool(true));
    values.put("no", new GgufValue.Bool(false));
    values.put("float32", new GgufValue.Real(1e-5f));
    values.put("float64", new GgufValue.Real(MetadataType.FLOAT64, 1e-5));
    ends()
        .forEach((type, ends) -> {
          values.put("least." + type.label(), new GgufValue.Int(type, ends[0]));
          values.put("most." + type.label(), new GgufValue.Int(type, ends[1]));
          values.put("array." + type.label(), Numbers.ofIntegers(type, ends[1], 0, ends[0], 1));
        });
    values.put("array.bool", Numbers.ofBooleans(true, false, false, true));
    values.put("array.float32", Numbers.ofFloats(-0f, Float.MIN_VALUE, Float.NEGATIVE_INFINITY));
    values.put("array.float64", Numbers.ofDoubles(Math.PI, Double.MAX_VALUE, Double.NaN));
    values.put("array.string", Texts.of(List.of("", "a", "Ġthe", "弘", "")));
    values.put("array.empty", Numbers.ofIntegers(MetadataType.UINT16));
    values.put("array.no_strings", Texts.of(List.of()));
    values.put(
        "array.nested",
        new Nested(
            List.of(
                Texts.of(List.of("x")),
                new Nested(List.of(Numbers.ofFloats(1, 2), new Nested(List.of()))))));
    return GgufMetadata.of(values);
  }

  /** The least and the most of each integer type. */
  static SequencedMap<MetadataType, long[]> ends() {
    SequencedMap<MetadataType, long[]> ends = new LinkedHashMap<>();
    ends.put(MetadataType.UINT8, new long[] {0, 0xFF});
    ends.put(MetadataType.INT8, new long[] {Byte.MIN_VALUE, Byte.MAX_VALUE});
    ends.put(MetadataType.UINT16, new long[] {0, 0xFFFF});
    ends.put(MetadataType.INT16, new long[] {Short.MIN_VALUE, Short.MAX_VALUE});
    ends.put(MetadataType.UINT32, new long[] {0, 0xFFFF_FFFFL});
    ends.put(MetadataType.INT32, new long[] {Integer.MIN_VALUE, Integer.MAX_VALUE});
    ends.put(MetadataType.UINT64, new long[] {0, -1});
    ends.put(MetadataType.INT64, new long[] {Long.MIN_VALUE, Long.MAX_VALUE});
    return ends;
  }

  static List<GgufWriter.Source> tensors() {
    return List.of(
        source("token_embd.weight", GgmlType.F32, List.of(2L, 3L), 24),
        source("blk.0.ffn_up.weight", GgmlType.Q4_0, List.of(3L, 64L), 108),
        source("nothing", GgmlType.BF16, List.of(0L, 7L), 0),
        source("scalar", GgmlType.F64, List.of(), 8),
        source("four", GgmlType.I8, List.of(1L, 2L, 3L, 4L), 24));
  }

  /** A tensor whose bytes are its name's hash and up. */
  static GgufWriter.Source source(String name, GgmlType type, List<Long> shape, int sizeBytes) {
    return new GgufWriter.Source(
        name, type, shape, () -> MemorySegment.ofArray(content(name, sizeBytes)));
  }

  static byte[] content(String name, int sizeBytes) {
    byte[] content = new byte[sizeBytes];
    for (int i = 0; i < sizeBytes; i++) {
      content[i] = (byte) (name.hashCode() + i);
    }
    return content;
  }

  /** The bytes of a file with all of it. */
  static byte[] bytes(Path folder) {
    Path file = folder.resolve("tiny.gguf");
    GgufWriter.write(file, metadata(), tensors());
    try {
      return Files.readAllBytes(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
