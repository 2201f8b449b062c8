package dev.wrought.trainer.run;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.ExitCode;
import dev.wrought.core.error.WroughtException;
import java.util.List;
import java.util.Locale;

/**
 * The states of a run. {@link #after} is the one place where a state follows another:
 *
 * <pre>
 *             | Launched | Ready   | StopAsked | Ended 0   | Ended 7, 130 | Ended else | Lost, budget left | Lost    | ResumeAsked
 *   ----------+----------+---------+-----------+-----------+--------------+------------+-------------------+---------+------------
 *   Pending   | Starting |         | Stopped   |           |              |            |                   |         | =
 *   Starting  |          | Running | Stopping  | Succeeded | Stopped      | Failed     | Pending           | Failed  | =
 *   Running   |          | =       | Stopping  | Succeeded | Stopped      | Failed     | Pending           | Failed  | =
 *   Stopping  |          | =       | =         | Succeeded | Stopped      | Failed     | Stopped           | Stopped |
 *   Succeeded |          |         | =         |           |              |            |                   |         |
 *   Stopped   |          |         | =         |           |              |            |                   |         | Pending
 *   Failed    |          |         | =         |           |              |            |                   |         | Pending
 * </pre>
 *
 * "=" leaves the state as it is; where nothing stands, the signal is refused with
 * FAILED_PRECONDITION. A worker is lost when it ends without a documented exit code: killed,
 * crashed, its machine gone.
 */
public sealed interface RunState {
  /** Waits to be given a worker: new, resumed, or after its worker was lost. */
  record Pending() implements Live {}

  /** Its worker has been started and has not spoken yet. */
  record Starting() implements Live {}

  /** Its worker trains. */
  record Running() implements Live {}

  /** Its worker was asked to save a checkpoint and end. */
  record Stopping() implements Live {}

  /** All planned steps are done. */
  record Succeeded() implements Ended {}

  /** Ended before its plan, on request; can be resumed. */
  record Stopped() implements Ended {}

  /** Ended by a failure; can be resumed once its cause is gone. */
  record Failed() implements Ended {}

  /** States that hold the run's name. */
  sealed interface Live extends RunState {}

  /** States without a worker, which nothing but a wish leaves. */
  sealed interface Ended extends RunState {}

  /** All states, in the order of a life. */
  List<RunState> ALL =
      List.of(
          new Pending(),
          new Starting(),
          new Running(),
          new Stopping(),
          new Succeeded(),
          new Stopped(),
          new Failed());

  /** The name in {@code run.json} and in events: PENDING. */
  default String label() {
    return getClass().getSimpleName().toUpperCase(Locale.ROOT);
  }

  /** The state with this label. */
  static RunState of(String label) {
    return ALL.stream()
        .filter(state -> state.label().equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no run state is called " + label));
  }

  /**
   * The state that follows on a signal.
   *
   * @throws WroughtException FAILED_PRECONDITION where the table has no entry
   */
  default RunState after(RunSignal signal) {
    return switch (this) {
      case Pending() ->
          switch (signal) {
            case RunSignal.Launched() -> new Starting();
            case RunSignal.StopAsked() -> new Stopped();
            case RunSignal.ResumeAsked() -> this;
            case RunSignal.Ready(), RunSignal.Ended(_), RunSignal.Lost(_) -> throw refusal(signal);
          };
      case Starting() ->
          switch (signal) {
            case RunSignal.Ready() -> new Running();
            case RunSignal.StopAsked() -> new Stopping();
            case RunSignal.ResumeAsked() -> this;
            case RunSignal.Ended(ExitCode code) -> ended(code);
            case RunSignal.Lost(boolean budgetLeft) -> budgetLeft ? new Pending() : new Failed();
            case RunSignal.Launched() -> throw refusal(signal);
          };
      case Running() ->
          switch (signal) {
            case RunSignal.Ready(), RunSignal.ResumeAsked() -> this;
            case RunSignal.StopAsked() -> new Stopping();
            case RunSignal.Ended(ExitCode code) -> ended(code);
            case RunSignal.Lost(boolean budgetLeft) -> budgetLeft ? new Pending() : new Failed();
            case RunSignal.Launched() -> throw refusal(signal);
          };
      case Stopping() ->
          switch (signal) {
            case RunSignal.Ready(), RunSignal.StopAsked() -> this;
            case RunSignal.Ended(ExitCode code) -> ended(code);
            case RunSignal.Lost(_) -> new Stopped();
            case RunSignal.Launched(), RunSignal.ResumeAsked() -> throw refusal(signal);
          };
      case Succeeded() ->
          switch (signal) {
            case RunSignal.StopAsked() -> this;
            case RunSignal.Launched(),
                RunSignal.Ready(),
                RunSignal.Ended(_),
                RunSignal.Lost(_),
                RunSignal.ResumeAsked() ->
                throw refusal(signal);
          };
      case Stopped(), Failed() ->
          switch (signal) {
            case RunSignal.StopAsked() -> this;
            case RunSignal.ResumeAsked() -> new Pending();
            case RunSignal.Launched(), RunSignal.Ready(), RunSignal.Ended(_), RunSignal.Lost(_) ->
                throw refusal(signal);
          };
    };
  }

  private static RunState ended(ExitCode code) {
    return switch (code) {
      case OK -> new Succeeded();
      case STOPPED, INTERRUPTED -> new Stopped();
      default -> new Failed();
    };
  }

  private WroughtException refusal(RunSignal signal) {
    String why =
        signal instanceof RunSignal.ResumeAsked && this instanceof Succeeded
            ? "the run has done all its steps; submit a recipe with a longer duration"
            : "a run that is %s cannot take the signal %s; wait until it has settled"
                .formatted(label(), signal);
    return new WroughtException(ErrorCode.FAILED_PRECONDITION, why);
  }
}
