package dev.wrought.trainer.worker;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.wrought.core.recipe.Precision;
import dev.wrought.torch.aten.Arithmetic;
import dev.wrought.torch.aten.Libtorch;
import dev.wrought.torch.aten.ScalarType;
import dev.wrought.torch.aten.Tensors;
import dev.wrought.torch.autograd.GradMode;
import dev.wrought.torch.autograd.TensorScope;
import java.util.concurrent.atomic.DoubleAdder;

/** The floating-point operations a second that large matrix products reach on this machine. */
final class PeakFlops {
  private static final int SMALLEST = 256;
  private static final int LARGEST = 1024;
  private static final int ROUNDS = 4;

  /** A product that takes as long says enough: emulated bf16 is a hundred times slower. */
  private static final long LONG_NANOS = 200_000_000;

  private PeakFlops() {}

  /**
   * The best rate of one thread at a few products, ever larger ones, times the threads: some tens
   * of milliseconds. Measured on a thread of its own, as lanes compute; several threads in one
   * product would wait for each other on a busy machine, and tell of a hundredth.
   */
  static double measure(Precision precision, int threads) throws InterruptedException {
    DoubleAdder best = new DoubleAdder();
    Thread lane =
        Thread.ofPlatform()
            .name("peak-flops")
            .start(() -> {
              Libtorch.singleThreaded();
              best.add(ofOneThread(precision));
            });
    lane.join();
    return threads * best.sum();
  }

  private static double ofOneThread(Precision precision) {
    ScalarType type = precision == Precision.BF16 ? ScalarType.BFLOAT16 : ScalarType.FLOAT32;
    double best = 0;
    long nanos = 0;
    for (int size = SMALLEST; size <= LARGEST && nanos < LONG_NANOS; size *= 2) {
      nanos = fastest(size, type);
      best = Math.max(best, 2.0 * size * size * size / nanos * 1e9);
    }
    return best;
  }

  private static long fastest(int size, ScalarType type) {
    try (GradMode mode = GradMode.off();
        TensorScope scope = TensorScope.open()) {
      NDArray a = Tensors.full(new Shape(size, size), 0.5, type, Device.cpu());
      long best = Long.MAX_VALUE;
      for (int round = 0; round < ROUNDS; round++) {
        long begin = System.nanoTime();
        Arithmetic.product(a, a);
        best = Math.min(best, System.nanoTime() - begin);
      }
      return best;
    }
  }
}
