package dev.wrought.core.gguf;

import dev.wrought.core.error.WroughtException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Reads the keys and values of a header. */
final class MetadataReader {
  static final int MAX_KEYS = 100_000;

  /** Arrays in arrays, all together: one takes 12 bytes of a file, and many more of the heap. */
  static final int MAX_NESTED = 100_000;

  /** The shortest entry: the key's length, a key of one character, a type, a value of one byte. */
  static final int LEAST_ENTRY_BYTES = Long.BYTES + 1 + Integer.BYTES + 1;

  private final HeaderInput in;
  private int nested;

  MetadataReader(HeaderInput in) {
    this.in = in;
  }

  /** So many entries. */
  SequencedMap<String, GgufValue> read(int entries) {
    SequencedMap<String, GgufValue> values = new LinkedHashMap<>();
    for (int i = 0; i < entries; i++) {
      in.enter("key");
      String key = in.name(GgufMetadata.MAX_KEY_BYTES);
      if (values.containsKey(key)) {
        throw in.corrupt("it is there twice");
      }
      GgufValue value = value(type());
      values.put(
          key,
          in.checked(() -> {
            GgufMetadata.check(key, value);
            return value;
          }));
    }
    return values;
  }

  private MetadataType type() {
    long number = in.uint32();
    return MetadataType.numbered(number)
        .orElseThrow(() ->
            in.corrupt(
                "the type %d of a value is not known; 0 to %d are"
                    .formatted(number, MetadataType.values().length - 1)));
  }

  private GgufValue value(MetadataType type) {
    return switch (type) {
      case STRING -> new GgufValue.Text(in.text(Integer.MAX_VALUE));
      case ARRAY -> array(1);
      case BOOL -> new GgufValue.Bool(numbers(type, 1).bool(0));
      case FLOAT32, FLOAT64 -> new GgufValue.Real(type, numbers(type, 1).real(0));
      case UINT8, INT8, UINT16, INT16, UINT32, INT32, UINT64, INT64 ->
          new GgufValue.Int(type, numbers(type, 1).integer(0));
    };
  }

  private GgufArray array(int depth) {
    MetadataType type = type();
    int size = in.count("elements of type " + type.label(), type.leastBytes(), Integer.MAX_VALUE);
    return switch (type) {
      case STRING -> texts(size);
      case ARRAY -> arrays(size, depth);
      case UINT8, INT8, UINT16, INT16, UINT32, INT32, UINT64, INT64, FLOAT32, FLOAT64, BOOL ->
          numbers(type, size);
    };
  }

  private Nested arrays(int size, int depth) {
    nested += size;
    if (depth == Nested.MAX_DEPTH || nested > MAX_NESTED) {
      throw in.corrupt(
          "arrays of arrays are read to a depth of %d, and up to %d of them"
              .formatted(Nested.MAX_DEPTH, MAX_NESTED));
    }
    List<GgufArray> arrays = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      arrays.add(array(depth + 1));
    }
    return new Nested(arrays);
  }

  private Numbers numbers(MetadataType type, int size) {
    byte[] packed = in.take(Math.multiplyExact(size, type.leastBytes()));
    if (type == MetadataType.BOOL) {
      for (byte truth : packed) {
        if (truth != 0 && truth != 1) {
          throw in.corrupt("a bool is %d; 0 and 1 are allowed".formatted(truth & 0xFF));
        }
      }
    }
    return new Numbers(type, packed);
  }

  /** The lengths first, so that the bytes are copied into an array of their size. */
  private Texts texts(int size) {
    long start = in.position();
    int[] ends = new int[size];
    int end = 0;
    for (int i = 0; i < size; i++) {
      int length = in.count("bytes of a string", 1, Integer.MAX_VALUE);
      in.advance(length);
      end += length;
      ends[i] = end;
    }
    byte[] read = in.since(start);
    byte[] utf8 = new byte[end];
    for (int i = 0, from = 0; i < size; from = ends[i], i++) {
      int at = Long.BYTES * (i + 1) + from;
      System.arraycopy(read, at, utf8, from, ends[i] - from);
      try {
        StrictUtf8.check(utf8, from, ends[i]);
      } catch (WroughtException invalid) {
        throw in.corrupt(start + at, invalid.getMessage());
      }
    }
    return new Texts(utf8, ends);
  }
}
