package dev.wrought.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrought.cli.client.Services;
import dev.wrought.cli.local.Platform;
import dev.wrought.cli.terminal.Json;
import dev.wrought.cli.terminal.Terminal;
import dev.wrought.core.error.ExitCode;
import dev.wrought.proto.trainer.v1.ListRunsRequest;
import dev.wrought.proto.trainer.v1.Run;
import dev.wrought.proto.trainer.v1.RunState;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wrought down}. */
@Command(
    description = {
      "Stop the platform.",
      "",
      "Every process is asked to end (SIGTERM), the broker last. What does not end in time is"
          + " killed. A run that is being trained goes on by itself, and the next ./wrought up finds"
          + " it again; ./wrought runs stop ends it before, with a checkpoint. --json names such runs"
          + " as goingOn, which is null where trainer-svc was not there to be asked."
    })
final class Down implements Callable<Integer>, ExitCodeHelp.Own {
  /**
   * What was stopped.
   *
   * @param ran whether anything ran
   * @param goingOn the names of runs whose workers go on; empty where nobody could be asked
   */
  record Outcome(boolean ran, Optional<List<String>> goingOn) {}

  private static final Duration GRACE = Duration.ofSeconds(30);

  /** How long trainer-svc is waited for before the platform is stopped without its answer. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  @Mixin private final Common common;

  @Option(
      names = "--grace",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "How long a process may take to end (default: ${DEFAULT-VALUE}).")
  private int graceSeconds;

  Down(Workplace workplace) {
    this.common = new Common(workplace);
  }

  @Override
  public Set<ExitCode> exitCodes() {
    return ExitCodeHelp.CHANGING;
  }

  @Override
  public Integer call() {
    Outcome outcome = stop(common.platform(), Duration.ofSeconds(graceSeconds), common.terminal());
    if (!outcome.ran()) {
      common.terminal().note("the platform was not running");
    }
    if (common.json) {
      ObjectNode result = Json.object().put("stopped", outcome.ran());
      outcome
          .goingOn()
          .ifPresentOrElse(
              runs -> runs.forEach(result.putArray("goingOn")::add),
              () -> result.putNull("goingOn"));
      common.terminal().result(Json.pretty(result));
    }
    return ExitCode.OK.code();
  }

  /** Stops the platform, if any of it runs, and says so. */
  static Outcome stop(Platform platform, Terminal terminal) {
    return stop(platform, GRACE, terminal);
  }

  private static Outcome stop(Platform platform, Duration grace, Terminal terminal) {
    Optional<List<String>> goingOn = liveRuns(platform);
    boolean ran = platform.down(grace, terminal::note);
    if (ran) {
      terminal.note("the platform is stopped");
    }
    for (String run : goingOn.orElse(List.of())) {
      terminal.note(
          run + " is still being trained, by itself; the next ./wrought up finds it again");
    }
    return new Outcome(ran, goingOn);
  }

  /** Runs whose workers go on; empty where trainer-svc does not answer. */
  private static Optional<List<String>> liveRuns(Platform platform) {
    OptionalInt portBase = platform.runningPortBase();
    if (portBase.isEmpty()) {
      return Optional.empty();
    }
    try (Services services = new Services(portBase.getAsInt())) {
      List<Run> live =
          services
              .trainer()
              .withDeadlineAfter(PATIENCE)
              .listRuns(ListRunsRequest.newBuilder().setLive(true).build())
              .getRunsList();
      return Optional.of(live.stream().filter(Down::hasWorker).map(Run::getName).toList());
    } catch (StatusRuntimeException away) {
      return Optional.empty();
    }
  }

  private static boolean hasWorker(Run run) {
    return run.getState() == RunState.RUN_STATE_STARTING
        || run.getState() == RunState.RUN_STATE_RUNNING;
  }
}
