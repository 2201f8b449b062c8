package dev.wrought.torch.aten;

import ai.djl.ndarray.types.DataType;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;

/** Number formats under libtorch's codes (c10/core/ScalarType.h). */
public enum ScalarType {
  UINT8(0, DataType.UINT8, 1),
  INT32(3, DataType.INT32, 4),
  INT64(4, DataType.INT64, 8),
  FLOAT16(5, DataType.FLOAT16, 2),
  FLOAT32(6, DataType.FLOAT32, 4),
  FLOAT64(7, DataType.FLOAT64, 8),
  BOOL(11, DataType.BOOLEAN, 1),
  BFLOAT16(15, DataType.BFLOAT16, 2);

  private final int code;
  private final DataType dataType;
  private final int bytes;

  ScalarType(int code, DataType dataType, int bytes) {
    this.code = code;
    this.dataType = dataType;
    this.bytes = bytes;
  }

  int code() {
    return code;
  }

  /** DJL's name for it. DJL 0.36 calls the type of a bfloat16 result unknown. */
  public DataType dataType() {
    return dataType;
  }

  /** The size of one number. */
  public int bytes() {
    return bytes;
  }

  static ScalarType ofCode(int code) {
    for (ScalarType type : values()) {
      if (type.code == code) {
        return type;
      }
    }
    throw new WroughtException(
        ErrorCode.INTERNAL_ERROR, "a tensor has libtorch's number format " + code);
  }
}
