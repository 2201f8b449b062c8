package dev.wrought.torch.transformer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.torch.aten.Tensors;
import dev.wrought.torch.autograd.TensorScope;
import java.nio.FloatBuffer;

/** A part of a flat tensor, from start until before end. */
public record Part(long start, long end) {

  public Part {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("a part from %d to %d".formatted(start, end));
    }
  }

  /** How many numbers. */
  public long length() {
    return end - start;
  }

  /** What both have, perhaps nothing. */
  public Part within(Part other) {
    return new Part(Math.clamp(other.start, start, end), Math.clamp(other.end, start, end));
  }

  /** As many numbers, so much further on. */
  public Part moved(long by) {
    return new Part(start + by, end + by);
  }

  /** The part as a view. */
  public NDArray of(NDArray flat) {
    return Tensors.narrow(flat, 0, start, length());
  }

  /** The part's numbers, copied. */
  public FloatBuffer floats(NDArray flat) {
    try (TensorScope scope = TensorScope.open()) {
      return Tensors.toFloats(of(flat));
    }
  }

  /**
   * Overwrites the part.
   *
   * @param what the numbers are, for problems
   * @throws WroughtException INVALID_ARGUMENT unless there are as many numbers
   */
  public void store(NDArray flat, FloatBuffer numbers, String what) {
    if (numbers.remaining() != length()) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT,
          "%s has %,d numbers, the model's has %,d".formatted(what, numbers.remaining(), length()));
    }
    try (TensorScope scope = TensorScope.open()) {
      Tensors.copy(of(flat), Tensors.ofFloats(numbers, new Shape(length()), flat.getDevice()));
    }
  }
}
