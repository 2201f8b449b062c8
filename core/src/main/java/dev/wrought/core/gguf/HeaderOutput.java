package dev.wrought.core.gguf;

import dev.wrought.core.error.WroughtException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.List;

/** Writes a header's bytes: the mirror of {@link GgufHeader#read}. */
final class HeaderOutput {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteBuffer scratch = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private int nested;

  private HeaderOutput() {}

  /**
   * The header of a file of these tensors, to its last field.
   *
   * @throws WroughtException INVALID_ARGUMENT if it is larger than one that is read
   */
  static byte[] header(GgufMetadata metadata, Collection<GgufTensor> tensors) {
    checkLimit("tensors", tensors.size(), GgufHeader.MAX_TENSORS);
    checkLimit("keys", metadata.values().size(), MetadataReader.MAX_KEYS);
    HeaderOutput output = new HeaderOutput();
    output.uint32(GgufHeader.MAGIC);
    output.uint32(GgufHeader.VERSION);
    output.uint64(tensors.size());
    output.uint64(metadata.values().size());
    metadata.values().forEach(output::entry);
    tensors.forEach(output::tensor);
    checkLimit("arrays in arrays", output.nested, MetadataReader.MAX_NESTED);
    checkLimit("bytes", output.out.size(), HeaderInput.MAX_BYTES);
    return output.out.toByteArray();
  }

  private static void checkLimit(String what, int count, int most) {
    Checks.require(
        count <= most, () -> "a header of %d %s; %d are read".formatted(count, what, most));
  }

  private void entry(String key, GgufValue value) {
    text(StrictUtf8.encode(key));
    uint32(value.type().number());
    switch (value) {
      case GgufValue.Int(MetadataType type, long integer) -> number(type, integer);
      case GgufValue.Real(MetadataType type, double real) -> number(type, type.bits(real));
      case GgufValue.Bool(boolean truth) -> number(MetadataType.BOOL, truth ? 1 : 0);
      case GgufValue.Text(String text) -> text(StrictUtf8.encode(text));
      case GgufArray array -> array(array);
    }
  }

  private void array(GgufArray array) {
    uint32(array.elementType().number());
    uint64(array.size());
    switch (array) {
      case Numbers numbers -> out.writeBytes(numbers.toBytes());
      case Nested(List<GgufArray> arrays) -> {
        nested += arrays.size();
        arrays.forEach(this::array);
      }
      case Texts texts -> {
        for (int i = 0; i < texts.size(); i++) {
          text(texts.bytes(i));
        }
      }
    }
  }

  private void tensor(GgufTensor tensor) {
    text(StrictUtf8.encode(tensor.name()));
    uint32(tensor.shape().size());
    tensor.shape().reversed().forEach(this::uint64);
    uint32(tensor.type().number());
    uint64(tensor.offset());
  }

  private void text(byte[] utf8) {
    uint64(utf8.length);
    out.writeBytes(utf8);
  }

  private void uint32(int value) {
    number(MetadataType.UINT32, value);
  }

  private void uint64(long value) {
    number(MetadataType.UINT64, value);
  }

  private void number(MetadataType type, long bits) {
    type.write(scratch, 0, bits);
    out.write(scratch.array(), 0, type.leastBytes());
  }
}
