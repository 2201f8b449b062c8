package dev.wrought.torch.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.torch.aten.ScalarType;
import dev.wrought.torch.aten.Tensors;
import dev.wrought.torch.aten.Updates;
import dev.wrought.torch.aten.Updates.Moments;
import dev.wrought.torch.autograd.GradMode;
import dev.wrought.torch.autograd.TensorScope;
import dev.wrought.torch.transformer.Parameters;
import java.nio.FloatBuffer;

/**
 * Adam with decoupled weight decay, on matrices and embeddings only. Weights and moments are
 * float32, whatever the computation uses. Source: Loshchilov and Hutter 2019.
 */
public final class AdamW implements AutoCloseable {

  /**
   * The constants of the method.
   *
   * @param weightDecay by which matrices shrink, times the learning rate, at every step
   */
  public record Settings(double beta1, double beta2, double epsilon, double weightDecay) {

    /** LLaMA's: betas 0.9 and 0.95, epsilon 1e-8, decay 0.1. */
    public static final Settings LLAMA = new Settings(0.9, 0.95, 1e-8, 0.1);

    public Settings {
      requireRange("beta1", beta1, 1);
      requireRange("beta2", beta2, 1);
      requireRange("epsilon", epsilon, 1);
      requireRange("weightDecay", weightDecay, 10);
    }

    private static void requireRange(String name, double value, double below) {
      if (!(value >= 0 && value < below)) {
        throw new WroughtException(
            ErrorCode.INVALID_ARGUMENT,
            "AdamW's %s is %s, it must be at least 0 and below %s".formatted(name, value, below));
      }
    }
  }

  private final Parameters parameters;
  private final Settings settings;
  private final NDManager home = TensorScope.newHome();
  private final NDArray means;
  private final NDArray variances;
  private long steps;

  public AdamW(Parameters parameters, Settings settings) {
    this.parameters = parameters;
    this.settings = settings;
    Shape all = new Shape(parameters.size());
    try (TensorScope scope = TensorScope.within(home)) {
      means = Tensors.zeros(all, ScalarType.FLOAT32, parameters.device());
      variances = Tensors.zeros(all, ScalarType.FLOAT32, parameters.device());
    }
  }

  /** The numbers that this changes. */
  public Parameters parameters() {
    return parameters;
  }

  /** Begins the next step, which then changes all parts of the weights once. */
  public void beginStep() {
    steps++;
  }

  /**
   * Changes part of the weights; parts that do not overlap may be changed by several threads.
   *
   * @param gradients of all weights, flat
   * @param gradientDivisor by which the gradients are divided on the way; they are left changed
   */
  public void update(Part part, NDArray gradients, double learningRate, double gradientDivisor) {
    long border = Math.clamp(parameters.decaying(), part.start(), part.end());
    try (GradMode mode = GradMode.off();
        TensorScope scope = TensorScope.open()) {
      NDArray divisor = Tensors.scalar(gradientDivisor);
      update(
          new Part(part.start(), border), gradients, learningRate, settings.weightDecay(), divisor);
      update(new Part(border, part.end()), gradients, learningRate, 0, divisor);
      parameters.refreshValues(part.start(), part.length());
    }
  }

  private void update(
      Part part, NDArray gradients, double learningRate, double decay, NDArray divisor) {
    if (part.length() > 0) {
      Updates.adamW(
          part.of(parameters.masters()),
          part.of(gradients),
          part.of(means),
          part.of(variances),
          new Updates.Step(steps, learningRate, decay, divisor),
          new Moments(settings.beta1(), settings.beta2(), settings.epsilon()));
    }
  }

  /** How many steps were taken. */
  public long steps() {
    return steps;
  }

  /** Sets how many steps were taken, as a resumed run must. */
  public void setSteps(long count) {
    steps = count;
  }

  /** The running mean of one tensor's gradient, copied. */
  public FloatBuffer mean(String tensor) {
    return parameters.floats(means, tensor);
  }

  /** The running mean of the square of one tensor's gradient, copied. */
  public FloatBuffer variance(String tensor) {
    return parameters.floats(variances, tensor);
  }

  /** Sets the moments of one tensor. */
  public void load(String tensor, FloatBuffer mean, FloatBuffer variance) {
    parameters.store(means, tensor, mean);
    parameters.store(variances, tensor, variance);
  }

  @Override
  public void close() {
    home.close();
  }
}
