package dev.wrought.core.checkpoint;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Element types of a safetensors file, under the names that its header uses. */
public enum TensorType {
  F64(8),
  I64(8),
  U64(8),
  F32(4),
  I32(4),
  U32(4),
  F16(2),
  BF16(2),
  I16(2),
  U16(2),
  I8(1),
  U8(1),
  BOOL(1),
  F8_E4M3(1),
  F8_E5M2(1);

  private static final Map<String, TensorType> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(TensorType::name, type -> type));

  private final int sizeBytes;

  TensorType(int sizeBytes) {
    this.sizeBytes = sizeBytes;
  }

  /** Bytes of one element. */
  public int sizeBytes() {
    return sizeBytes;
  }

  static Optional<TensorType> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }
}
