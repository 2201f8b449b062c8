package dev.wrought.torch.aten;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/** What libtorch keeps about gradients; the room autograd is the way to use it. */
public final class Gradients {

  /** The place of CPU in c10/core/DeviceType.h. */
  private static final int CPU = 0;

  private static final int CUDA = 1;

  private Gradients() {}

  /** Whether operators on this thread record their history. */
  public static boolean recording() {
    Libtorch.abi();
    return JniUtils.isGradMode();
  }

  /** Records the history of operators on this thread, or not. */
  public static void record(boolean on) {
    Libtorch.abi();
    JniUtils.setGradMode(on);
  }

  /** Turns matrix products and attention on this thread to bfloat16, or back. */
  public static void autocastBfloat16(NDArray like, boolean on) {
    Libtorch.abi().setAutocast(like.getDevice().isGpu() ? CUDA : CPU, ScalarType.BFLOAT16, on);
  }

  /** Adds the gradient of a scalar to that of every leaf that it depends on. */
  public static void backward(NDArray loss) {
    try (NDArray one = Tensors.full(loss.getShape(), 1, Tensors.type(loss), loss.getDevice())) {
      JniUtils.backward((PtNDArray) loss, (PtNDArray) one, false, false);
    }
  }

  /** Makes a tensor a leaf that collects a gradient. */
  public static void collect(NDArray leaf) {
    leaf.setRequiresGradient(true);
  }

  /** The collected gradient of a leaf. */
  public static NDArray of(NDArray leaf) {
    return Tensors.own(JniUtils.getGradient((PtNDArray) leaf));
  }

  /** Forgets the collected gradient. */
  public static void clear(NDArray leaf) {
    JniUtils.zeroGrad((PtNDArray) leaf);
  }
}
