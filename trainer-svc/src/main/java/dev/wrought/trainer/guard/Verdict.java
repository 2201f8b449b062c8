package dev.wrought.trainer.guard;

/** What is to be done with a batch whose gradients are known and not yet applied. */
public sealed interface Verdict {
  /** Take the optimizer step. */
  record Proceed() implements Verdict {}

  /** Leave the batch out; the step counts, the weights stay. */
  record Skip(String reason) implements Verdict {}

  /** End the run; the weights stay as they are. */
  record Stop(String reason) implements Verdict {}
}
