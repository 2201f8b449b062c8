package dev.wrought.trainer.run;

import dev.wrought.core.error.ExitCode;

/** What can happen to a run; what follows is in {@link RunState}. */
public sealed interface RunSignal {
  /** A worker is being started. */
  record Launched() implements RunSignal {}

  /** The worker has said that it trains. */
  record Ready() implements RunSignal {}

  /** A user wants it to end. */
  record StopAsked() implements RunSignal {}

  /** A user wants it to go on. */
  record ResumeAsked() implements RunSignal {}

  /** The worker ended with a documented exit code, or cannot be started. */
  record Ended(ExitCode code) implements RunSignal {}

  /** The worker ended without a word. @param budgetLeft whether it may be started again */
  record Lost(boolean budgetLeft) implements RunSignal {}
}
