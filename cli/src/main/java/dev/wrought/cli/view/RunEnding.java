package dev.wrought.cli.view;

import dev.wrought.cli.terminal.Amounts;
import dev.wrought.core.error.ExitCode;
import dev.wrought.proto.trainer.v1.Run;
import java.util.Map;

/** How a run ended, in words and as an exit code. */
public final class RunEnding {
  /** The reasons of failed runs that have an exit code of their own. */
  private static final Map<String, ExitCode> CODES =
      Map.of(
          "NonFiniteLoss", ExitCode.NON_FINITE,
          "OutOfMemory", ExitCode.OUT_OF_MEMORY,
          "InsufficientResources", ExitCode.RESOURCES,
          "DependencyFailed", ExitCode.EXTERNAL,
          "WorkerLost", ExitCode.EXTERNAL,
          "Fenced", ExitCode.FENCED,
          "InvalidInput", ExitCode.INVALID_INPUT);

  private RunEnding() {}

  public static ExitCode code(Run run) {
    return switch (run.getState()) {
      case RUN_STATE_FAILED -> CODES.getOrDefault(run.getReason(), ExitCode.INTERNAL);
      case RUN_STATE_STOPPED -> ExitCode.STOPPED;
      default -> ExitCode.OK;
    };
  }

  /** {@code jdk-small succeeded after 1,200 steps: loss 5.1 to 2.3, held-out 2.4}. */
  public static String summary(Run run) {
    StringBuilder text =
        new StringBuilder(
            "%s %s after %s steps"
                .formatted(
                    run.getName(), Words.state(run.getState()), Amounts.exact(run.getStep())));
    if (run.hasFirstLoss() && run.hasLoss()) {
      text.append(
          ": loss %s to %s"
              .formatted(
                  Amounts.decimal(run.getFirstLoss(), 3), Amounts.decimal(run.getLoss(), 3)));
    }
    if (run.hasValidationLoss()) {
      text.append(", held-out ").append(Amounts.decimal(run.getValidationLoss(), 3));
    }
    if (!run.getMessage().isEmpty()) {
      text.append("; ").append(run.getMessage());
    }
    return text.toString();
  }
}
