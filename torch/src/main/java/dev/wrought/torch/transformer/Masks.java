package dev.wrought.torch.transformer;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.wrought.torch.aten.ScalarType;
import dev.wrought.torch.aten.Tensors;
import dev.wrought.torch.autograd.TensorScope;
import java.util.HashMap;
import java.util.Map;

/**
 * What is added to attention's scores so that no token sees a later one, nor another document's.
 * The causal masks are kept, one for each length.
 */
final class Masks {

  private final NDManager home;
  private final ScalarType type;
  private final Device device;
  private final Map<Integer, NDArray> causal = new HashMap<>();

  Masks(NDManager home, ScalarType type, Device device) {
    this.home = home;
    this.type = type;
    this.device = device;
  }

  /** [T,1,T], or with documents [B,1,T,1,T]. */
  NDArray of(TokenBatch batch) {
    NDArray all = causal.computeIfAbsent(batch.length(), this::causal);
    return batch.documents().map(documents -> within(documents, batch, all)).orElse(all);
  }

  private NDArray causal(int length) {
    float[] mask = new float[length * length];
    for (int row = 0; row < length; row++) {
      for (int column = row + 1; column < length; column++) {
        mask[row * length + column] = Float.NEGATIVE_INFINITY;
      }
    }
    try (TensorScope scope = TensorScope.within(home)) {
      return Tensors.as(Tensors.ofFloats(mask, new Shape(length, 1, length), device), type);
    }
  }

  private NDArray within(int[] documents, TokenBatch batch, NDArray all) {
    int sequences = batch.sequences();
    int length = batch.length();
    NDArray rows = Tensors.ofInts(documents, new Shape(sequences, 1, length, 1, 1), device);
    NDArray columns = Tensors.reshape(rows, new Shape(sequences, 1, 1, 1, length));
    NDArray forbidden = Tensors.full(new Shape(), Double.NEGATIVE_INFINITY, type, device);
    return Tensors.where(Tensors.equal(rows, columns), all, forbidden); //    [B,1,T,1,T]
  }
}
