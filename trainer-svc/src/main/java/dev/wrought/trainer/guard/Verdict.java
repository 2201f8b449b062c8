package dev.wrought.trainer.guard;

/** What is to be done after a batch. */
public sealed interface Verdict {
  /** Go on: the batch was learned from, or may be left out. */
  record GoOn() implements Verdict {}

  /** End the run; the weights are those before this batch. @param why with the batch */
  record Stop(String why) implements Verdict {}
}
