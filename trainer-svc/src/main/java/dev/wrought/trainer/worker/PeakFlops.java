package dev.wrought.trainer.worker;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.wrought.torch.aten.Arithmetic;
import dev.wrought.torch.aten.ScalarType;
import dev.wrought.torch.aten.Tensors;
import dev.wrought.torch.autograd.GradMode;
import dev.wrought.torch.autograd.TensorScope;

/** The floating-point operations a second that a large matrix product reaches on this machine. */
final class PeakFlops {
  private static final int SIZE = 1024;
  private static final int ROUNDS = 4;

  private PeakFlops() {}

  /** The best of a few products: some tens of milliseconds. */
  static double measure(ScalarType type) {
    try (GradMode mode = GradMode.off();
        TensorScope scope = TensorScope.open()) {
      NDArray a = Tensors.full(new Shape(SIZE, SIZE), 0.5, type, Device.cpu());
      double best = 0;
      for (int round = 0; round < ROUNDS; round++) {
        long begin = System.nanoTime();
        Arithmetic.product(a, a);
        best = Math.max(best, 2.0 * SIZE * SIZE * SIZE / (System.nanoTime() - begin) * 1e9);
      }
      return best;
    }
  }
}
