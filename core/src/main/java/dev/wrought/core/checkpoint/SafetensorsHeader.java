package dev.wrought.core.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The JSON header of a safetensors file: where each tensor lies. Read as a stream, so that a
 * hostile header costs no more heap than the tensors it may declare.
 */
record SafetensorsHeader(SequencedMap<String, Place> tensors, Map<String, String> metadata) {
  static final long MAX_BYTES = 100_000_000;
  static final int MAX_TENSORS = 100_000;
  private static final int MAX_DIMENSIONS = 16;
  private static final int MAX_NAME = 1024;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(4)
                  .maxNameLength(MAX_NAME)
                  .maxNumberLength(20)
                  .build())
          .build();

  /** A header that breaks a rule; the message says which. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message);
    }
  }

  /** A tensor's place in the data: bytes from {@code begin} to before {@code end}. */
  record Place(TensorType type, long[] shape, long begin, long end) {
    TensorView in(MemorySegment data) {
      return new TensorView(type, shape, data.asSlice(begin, end - begin));
    }
  }

  static SafetensorsHeader parse(MemorySegment text, long dataBytes) throws IOException, Malformed {
    checkUtf8(text);
    try (JsonParser parser = JSON.createParser(stream(text))) {
      SafetensorsHeader header = new SafetensorsHeader(new LinkedHashMap<>(), new HashMap<>());
      header.readAll(parser);
      return new SafetensorsHeader(header.inOrder(dataBytes), header.metadata);
    } catch (JsonProcessingException invalid) {
      throw new Malformed("its header is not valid JSON: " + invalid.getOriginalMessage());
    }
  }

  private static InputStream stream(MemorySegment text) {
    ByteBuffer bytes = text.asByteBuffer();
    return new InputStream() {
      @Override
      public int read() {
        return bytes.hasRemaining() ? bytes.get() & 0xff : -1;
      }

      @Override
      public int read(byte[] into, int offset, int length) {
        int count = Math.min(length, bytes.remaining());
        bytes.get(into, offset, count);
        return count == 0 && length > 0 ? -1 : count;
      }
    };
  }

  private static void checkUtf8(MemorySegment text) throws Malformed {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder(); // reports, does not replace
    ByteBuffer bytes = text.asByteBuffer();
    CharBuffer scratch = CharBuffer.allocate(8192);
    CoderResult result;
    do {
      result = decoder.decode(bytes, scratch.clear(), true);
    } while (result.isOverflow());
    if (result.isError()) {
      throw new Malformed("its header is not UTF-8 at byte %d".formatted(bytes.position()));
    }
  }

  private void readAll(JsonParser parser) throws IOException, Malformed {
    expect(parser.nextToken(), JsonToken.START_OBJECT, "the header");
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      expect(parser.nextToken(), JsonToken.START_OBJECT, name);
      if (name.equals("__metadata__")) {
        readMetadata(parser);
      } else {
        tensors.put(name, readPlace(parser, name));
      }
      if (tensors.size() > MAX_TENSORS) {
        throw new Malformed("it declares more than %d tensors".formatted(MAX_TENSORS));
      }
    }
    if (parser.nextToken() != null) {
      throw new Malformed("something follows the header's closing brace");
    }
  }

  private void readMetadata(JsonParser parser) throws IOException, Malformed {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      expect(parser.nextToken(), JsonToken.VALUE_STRING, "__metadata__." + key);
      metadata.put(key, parser.getText());
    }
  }

  private static Place readPlace(JsonParser parser, String name) throws IOException, Malformed {
    String type = "";
    long[] shape = {-1};
    long[] offsets = {};
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case "dtype" -> type = parser.getText();
        case "shape" -> shape = readLongs(parser, name, MAX_DIMENSIONS);
        case "data_offsets" -> offsets = readLongs(parser, name, 2);
        default -> throw new Malformed("tensor %s has an unknown field %s".formatted(name, field));
      }
    }
    return checked(name, type, shape, offsets);
  }

  private static Place checked(String name, String type, long[] shape, long[] offsets)
      throws Malformed {
    TensorType known = TensorType.named(type).orElse(null);
    if (known == null) {
      throw new Malformed("tensor %s has the unknown dtype '%s'".formatted(name, type));
    }
    if (shape.length == 1 && shape[0] == -1) {
      throw new Malformed("tensor %s has no shape".formatted(name));
    }
    if (offsets.length != 2 || offsets[1] < offsets[0]) {
      throw new Malformed(
          "tensor %s needs data_offsets [begin, end] with begin <= end".formatted(name));
    }
    long size;
    try {
      size = TensorView.sizeBytes(known, shape);
    } catch (ArithmeticException overflow) {
      throw new Malformed("the shape of tensor %s overflows".formatted(name));
    }
    if (size != offsets[1] - offsets[0]) {
      throw new Malformed(
          "tensor %s needs %d bytes by its shape, and %d by its offsets"
              .formatted(name, size, offsets[1] - offsets[0]));
    }
    return new Place(known, shape, offsets[0], offsets[1]);
  }

  private static long[] readLongs(JsonParser parser, String name, int atMost)
      throws IOException, Malformed {
    expect(parser.currentToken(), JsonToken.START_ARRAY, name);
    List<Long> values = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      expect(parser.currentToken(), JsonToken.VALUE_NUMBER_INT, name);
      if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
          || parser.getLongValue() < 0) {
        throw new Malformed(
            "tensor %s has the number %s where 0 to 2^63-1 are possible"
                .formatted(name, parser.getText()));
      }
      values.add(parser.getLongValue());
      if (values.size() > atMost) {
        throw new Malformed("tensor %s has a list of more than %d numbers".formatted(name, atMost));
      }
    }
    return values.stream().mapToLong(Long::longValue).toArray();
  }

  private static void expect(JsonToken actual, JsonToken expected, String what) throws Malformed {
    if (actual != expected) {
      throw new Malformed("%s: expected %s, found %s".formatted(what, expected, actual));
    }
  }

  /**
   * The tensors sorted by their data, which must lie side by side from the first byte to the last.
   */
  private SequencedMap<String, Place> inOrder(long dataBytes) throws Malformed {
    SequencedMap<String, Place> sorted = new LinkedHashMap<>();
    tensors.entrySet().stream()
        .sorted(
            Comparator.<Map.Entry<String, Place>>comparingLong(entry -> entry.getValue().begin())
                .thenComparingLong(entry -> entry.getValue().end()))
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    long end = 0;
    for (Map.Entry<String, Place> entry : sorted.entrySet()) {
      if (entry.getValue().begin() != end) {
        throw new Malformed(
            "tensor %s begins at byte %d of the data, and the one before it ends at %d"
                .formatted(entry.getKey(), entry.getValue().begin(), end));
      }
      end = entry.getValue().end();
    }
    if (end != dataBytes) {
      throw new Malformed(
          "its tensors take %d bytes of data, and the file has %d".formatted(end, dataBytes));
    }
    return sorted;
  }
}
