package dev.wrought.torch.step;

import ai.djl.ndarray.NDArray;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.torch.aten.Arithmetic;
import dev.wrought.torch.aten.Libtorch;
import dev.wrought.torch.aten.Tensors;
import dev.wrought.torch.aten.Updates;
import dev.wrought.torch.autograd.GradMode;
import dev.wrought.torch.autograd.TensorScope;
import dev.wrought.torch.optim.Optimizer;
import dev.wrought.torch.optim.Optimizer.Update;
import dev.wrought.torch.optim.Share;
import dev.wrought.torch.transformer.Decoder;
import dev.wrought.torch.transformer.Part;
import dev.wrought.torch.transformer.TokenBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleBiFunction;

/**
 * A model and its optimizer, a step at a time: any number of micro-batches through {@link
 * #accumulate}, then {@link #apply}. The gradient is that of the mean over all their tokens, so a
 * step is the same however it is cut into micro-batches, save for rounding.
 *
 * <p>The sequences of a micro-batch are shared out over lanes, one for each of libtorch's threads,
 * which also share the update: each sums, measures and applies its part of the gradient. With the
 * same number of lanes a step is the same bit for bit.
 *
 * <p>To be used by one thread at a time. Closes neither model nor optimizer.
 */
public final class TrainingStep implements AutoCloseable {

  private final Optimizer optimizer;
  private final double clip;
  private final Lanes lanes;

  /** One for each lane; the first is the caller's. */
  private final List<Decoder> decoders = new ArrayList<>();

  private double lossSum;
  private double weight;

  /**
   * @param clip the gradient's largest norm; infinity for any
   */
  public TrainingStep(Decoder decoder, Optimizer optimizer, double clip) {
    if (!(clip > 0)) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT, "the gradient's clip is " + clip + ", it must be above 0");
    }
    this.optimizer = optimizer;
    this.clip = clip;
    lanes = new Lanes(Libtorch.threads());
    decoders.add(decoder);
    while (decoders.size() < lanes.count()) {
      decoders.add(new Decoder(decoder.config(), decoder.parameters()));
    }
  }

  /** Adds the gradient of a micro-batch. */
  public void accumulate(TokenBatch batch) {
    lossSum += shareOut(batch, Decoder::lossAndGradient);
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
    double norm = gradientNorm() / weight;
    double loss = lossSum / weight;
    boolean finite = Double.isFinite(norm) && Double.isFinite(loss);
    if (finite) {
      update(learningRate, weight * Math.max(1, norm / clip));
    }
    StepResult result = new StepResult(loss, norm, weight, finite);
    discard();
    return result;
  }

  /** Forgets what was accumulated. */
  public void discard() {
    lanes.run(lane -> clear(decoders.get(lane).gradients().sums()));
    lossSum = 0;
    weight = 0;
  }

  /** The mean loss of a batch, in nats, without learning from it. */
  public double evaluate(TokenBatch batch) {
    return lossSum(batch) / batch.weight();
  }

  /** The weighted sum of the losses of a batch, in nats, without learning from it. */
  public double lossSum(TokenBatch batch) {
    return shareOut(batch, Decoder::loss);
  }

  private double shareOut(TokenBatch batch, ToDoubleBiFunction<Decoder, TokenBatch> work) {
    List<TokenBatch> shares = batch.split(lanes.count());
    return lanes
        .run(lane ->
            lane < shares.size() ? work.applyAsDouble(decoders.get(lane), shares.get(lane)) : 0.0)
        .stream()
        .mapToDouble(Double::doubleValue)
        .sum();
  }

  /** Sums the lanes' gradients into the first one's, and measures them. */
  private double gradientNorm() {
    return Math.sqrt(
        lanes.run(lane -> squaredNorm(share(lane))).stream()
            .mapToDouble(Double::doubleValue)
            .sum());
  }

  private Share share(int lane) {
    return new Share(lane, lanes.count());
  }

  private double squaredNorm(Share share) {
    try (GradMode mode = GradMode.off();
        TensorScope scope = TensorScope.open()) {
      Part part = share.of(optimizer.parameters().size());
      NDArray sum = part.of(gradients());
      for (Decoder other : decoders.subList(1, decoders.size())) {
        Arithmetic.addInPlace(sum, part.of(other.gradients().sums()));
      }
      double norm = Updates.norm(sum);
      return norm * norm;
    }
  }

  private void update(double learningRate, double divisor) {
    optimizer.beginStep();
    Update update = new Update(gradients(), learningRate, divisor);
    lanes.run(lane -> {
      optimizer.update(share(lane), update);
      return lane;
    });
  }

  private NDArray gradients() {
    return decoders.getFirst().gradients().sums();
  }

  private static boolean clear(NDArray sums) {
    try (GradMode mode = GradMode.off()) {
      Tensors.zero(sums);
      return true;
    }
  }

  @Override
  public void close() {
    lanes.close();
    decoders.subList(1, decoders.size()).forEach(Decoder::close);
  }
}
