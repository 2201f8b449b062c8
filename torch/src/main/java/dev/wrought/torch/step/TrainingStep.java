package dev.wrought.torch.step;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.torch.autograd.GradMode;
import dev.wrought.torch.autograd.TensorScope;
import dev.wrought.torch.optim.AdamW;
import dev.wrought.torch.transformer.Decoder;
import dev.wrought.torch.transformer.TokenBatch;

/**
 * A model and its optimizer, a step at a time: any number of micro-batches through {@link
 * #accumulate}, then {@link #apply}. The gradient is that of the mean over all their tokens, so a
 * step is the same however it is cut into micro-batches, save for rounding.
 *
 * <p>For one thread at a time, but not always the same. Owns neither model nor optimizer.
 */
public final class TrainingStep {

  private final Decoder decoder;
  private final AdamW optimizer;
  private final double clip;
  private double lossSum;
  private double weight;

  /**
   * @param clip the gradient's largest norm; infinity for any
   */
  public TrainingStep(Decoder decoder, AdamW optimizer, double clip) {
    if (!(clip > 0)) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT, "the gradient's clip is " + clip + ", it must be above 0");
    }
    this.decoder = decoder;
    this.optimizer = optimizer;
    this.clip = clip;
    discard();
  }

  /** Adds the gradient of a micro-batch. */
  public void accumulate(TokenBatch batch) {
    lossSum += decoder.lossAndGradient(batch);
    weight += batch.weight();
  }

  /**
   * Changes the weights by what was accumulated, and begins anew. Nothing is changed if loss or
   * gradient is not finite.
   */
  public StepResult apply(double learningRate) {
    if (!(weight > 0)) {
      throw new WroughtException(
          ErrorCode.FAILED_PRECONDITION, "a step needs at least one token to learn from");
    }
    double norm = optimizer.gradientNorm() / weight;
    double loss = lossSum / weight;
    boolean finite = Double.isFinite(norm) && Double.isFinite(loss);
    if (finite) {
      optimizer.step(learningRate, weight * Math.max(1, norm / clip));
    }
    StepResult result = new StepResult(loss, norm, weight, finite);
    discard();
    return result;
  }

  /** Forgets what was accumulated. */
  public void discard() {
    try (GradMode mode = GradMode.off();
        TensorScope scope = TensorScope.open()) {
      decoder.parameters().clearGradients();
    }
    lossSum = 0;
    weight = 0;
  }

  /** The mean loss of a batch, in nats, without learning from it. */
  public double evaluate(TokenBatch batch) {
    return decoder.loss(batch) / batch.weight();
  }
}
