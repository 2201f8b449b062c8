package dev.wrought.core.model;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.util.Arrays;

/** The number format of the stored weights, {@code torch_dtype} in config.json. */
public enum WeightType {
  FLOAT32("float32"),
  BFLOAT16("bfloat16"),
  FLOAT16("float16");

  private final String torchName;

  WeightType(String torchName) {
    this.torchName = torchName;
  }

  /** PyTorch's name for it. */
  public String torchName() {
    return torchName;
  }

  static WeightType ofTorchName(String name) {
    return Arrays.stream(values())
        .filter(type -> type.torchName.equals(name))
        .findFirst()
        .orElseThrow(() ->
            new WroughtException(
                ErrorCode.INVALID_ARGUMENT,
                "torch_dtype is \"%s\"; known are float32, bfloat16, float16".formatted(name)));
  }
}
