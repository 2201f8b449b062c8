package dev.wrought.trainer.loop;

import dev.wrought.trainer.loader.MicroBatch;
import java.util.List;

/**
 * The model under training, with its optimizer. A step is taken in two halves, so that someone can
 * look at the gradients before they are applied. Used by one thread.
 */
public interface Trainee {
  /**
   * What a batch says about the weights, which stay as they are.
   *
   * @param loss mean negative log-likelihood over all targets of the batch, in nats
   * @param norm Euclidean norm of all gradients together, before clipping
   */
  record Gradients(double loss, double norm) {}

  /** Computes the gradients of a batch: the mean over all its targets, however it is portioned. */
  Gradients gradients(List<MicroBatch> batch);

  /** Applies the gradients, clipped, and forgets them. */
  void update(double learningRate);

  /** Forgets the gradients. */
  void discard();

  /** Summed negative log-likelihood of a batch's targets, in nats; nothing is learned from it. */
  double nats(MicroBatch batch);
}
