package dev.wrought.serving.generation;

import dev.wrought.serving.kernel.Kernels;
import dev.wrought.serving.sampling.Logits;
import java.util.Objects;

/** Logits within a larger array, as a sampler sees them. */
@SuppressWarnings("ArrayRecordComponent") // A view, never compared.
record ArrayLogits(Kernels kernels, float[] values, int at, int size) implements Logits {

  @Override
  public float get(int id) {
    return values[at + Objects.checkIndex(id, size)];
  }

  @Override
  public void copyTo(float[] into) {
    System.arraycopy(values, at, into, 0, size);
  }

  @Override
  public int argMax() {
    return kernels.argMax(values, at, size);
  }
}
