package dev.wrought.trainer.loop;

import dev.wrought.trainer.loader.MicroBatch;
import java.util.List;

/** The model under training, with its optimizer. Used by one thread. */
public interface Trainee {
  /**
   * What a batch did.
   *
   * @param loss mean negative log-likelihood over all targets of the batch, in nats
   * @param gradientNorm Euclidean norm of all gradients together, before clipping
   */
  record Lesson(double loss, double gradientNorm) {}

  /**
   * Takes one optimizer step on the mean over all targets of a batch, however it is portioned. A
   * loss or gradient norm that is not finite leaves weights and optimizer exactly as they are.
   */
  Lesson learn(List<MicroBatch> batch, double learningRate);

  /** Summed negative log-likelihood of a batch's targets, in nats; nothing is learned from it. */
  double nats(MicroBatch batch);
}
