package dev.wrought.tokenizer.grpc;

import dev.wrought.proto.tokenizer.v1.TrainTokenizerProgress;
import dev.wrought.tokenizer.training.TrainingProgress;

/** A training's progress as a stream of messages. */
record TrainingStream(ProgressStream<TrainTokenizerProgress> messages) implements TrainingProgress {
  @Override
  public void at(Phase phase, double fraction, long bytesRead, int merges) {
    messages.tell(phase, () -> Replies.training(phase, fraction, bytesRead, merges));
  }

  @Override
  public void resumed(long bytesRead, int merges) {
    messages.tell("resumed", () -> Replies.resumed(bytesRead, merges));
  }
}
