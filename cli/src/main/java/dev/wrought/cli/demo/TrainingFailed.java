package dev.wrought.cli.demo;

import dev.wrought.core.error.ExitCode;

/** The run of a demo did not come to its planned end. */
public final class TrainingFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode code;

  TrainingFailed(ExitCode code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }

  /** As the same run would have ended {@code ./wrought train}. */
  public ExitCode code() {
    return code;
  }
}
