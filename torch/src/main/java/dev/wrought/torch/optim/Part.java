package dev.wrought.torch.optim;

import ai.djl.ndarray.NDArray;
import dev.wrought.torch.aten.Tensors;
import java.util.List;
import java.util.stream.IntStream;

/** A part of a flat tensor, from start until before end. */
public record Part(long start, long end) {

  /** All numbers in parts that are as equal as can be. */
  public static List<Part> split(long size, int parts) {
    return IntStream.range(0, parts)
        .mapToObj(i -> new Part(size * i / parts, size * (i + 1) / parts))
        .toList();
  }

  /** How many numbers. */
  public long length() {
    return end - start;
  }

  /** The part as a view. */
  public NDArray of(NDArray flat) {
    return Tensors.narrow(flat, 0, start, length());
  }
}
