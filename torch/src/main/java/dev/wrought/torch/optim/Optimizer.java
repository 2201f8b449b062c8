package dev.wrought.torch.optim;

import ai.djl.ndarray.NDArray;
import dev.wrought.core.model.TensorSpec;
import dev.wrought.torch.transformer.Parameters;
import dev.wrought.torch.transformer.Part;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * From gradients to new weights, in place. Weights and state are float32, whatever the computation
 * uses.
 */
public sealed interface Optimizer extends AutoCloseable permits AdamW, Muon {

  /** The numbers that this changes. */
  Parameters parameters();

  /** Begins the next step, which then changes every share of the weights once. */
  void beginStep();

  /** Changes a share of the weights; several threads may change different shares at once. */
  void update(Share share, Update update);

  /** How many steps were taken. */
  long steps();

  /** Sets how many steps were taken, as a resumed run must. */
  void setSteps(long count);

  /**
   * What is kept of earlier gradients: with it and the steps, a resumed run goes on bit for bit.
   */
  List<State> state();

  @Override
  void close();

  /**
   * What a step follows.
   *
   * @param gradients of all weights, flat
   * @param learningRate this step's
   * @param gradientDivisor by which the gradients are divided on the way; they are left changed
   */
  record Update(NDArray gradients, double learningRate, double gradientDivisor) {}

  /**
   * One tensor's part of the state.
   *
   * @param kind as PyTorch calls it in its optimizer's state
   * @param tensor the weights' own, whose shape this has
   * @param all the optimizer's, flat, until it is closed
   * @param part where in it this is
   */
  record State(String kind, TensorSpec tensor, NDArray all, Part part) {

    /** A name that no other has. */
    public String name() {
      return kind + "." + tensor.name();
    }

    /** The numbers, copied. */
    public FloatBuffer floats() {
      return part.floats(all);
    }

    /** Overwrites the numbers. */
    public void load(FloatBuffer numbers) {
      part.store(all, numbers, name());
    }
  }
}
