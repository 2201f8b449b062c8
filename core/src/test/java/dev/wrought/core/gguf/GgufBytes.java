package dev.wrought.core.gguf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A GGUF file put together field by field, as wrong as a test wants it. */
final class GgufBytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** A file of version 3 that claims so many tensors and keys. */
  static GgufBytes file(long tensors, long keys) {
    return start(3).int64(tensors).int64(keys);
  }

  /** The magic and a version. */
  static GgufBytes start(int version) {
    return new GgufBytes().raw("GGUF").int32(version);
  }

  GgufBytes int8(int value) {
    out.write(value);
    return this;
  }

  GgufBytes int32(long value) {
    return little(ByteBuffer.allocate(Integer.BYTES), value);
  }

  GgufBytes int64(long value) {
    return little(ByteBuffer.allocate(Long.BYTES), value);
  }

  private GgufBytes little(ByteBuffer number, long value) {
    number.order(ByteOrder.LITTLE_ENDIAN);
    out.writeBytes(
        number.capacity() == Long.BYTES
            ? number.putLong(value).array()
            : number.putInt((int) value).array());
    return this;
  }

  /** Characters as bytes of the same numbers, without a length. */
  GgufBytes raw(String latin1) {
    out.writeBytes(latin1.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  /** A string with its length. */
  GgufBytes text(String latin1) {
    return int64(latin1.length()).raw(latin1);
  }

  GgufBytes key(String key, MetadataType type) {
    return text(key).int32(type.number());
  }

  GgufBytes array(MetadataType type, long size) {
    return int32(type.number()).int64(size);
  }

  /** A tensor's place. @param dimensions the innermost first, as in a file */
  GgufBytes tensor(String name, int type, long offset, long... dimensions) {
    text(name).int32(dimensions.length);
    for (long dimension : dimensions) {
      int64(dimension);
    }
    return int32(type).int64(offset);
  }

  GgufBytes zeros(int count) {
    out.writeBytes(new byte[count]);
    return this;
  }

  /** Zeros up to a multiple of 32, and then so many. */
  GgufBytes data(int count) {
    return zeros(-out.size() & 31).zeros(count);
  }

  byte[] bytes() {
    return out.toByteArray();
  }
}
