package dev.wrought.cli.demo;

import dev.wrought.cli.client.RunWatch;
import dev.wrought.cli.client.Services;
import dev.wrought.cli.local.Part;
import dev.wrought.cli.local.Platform;
import dev.wrought.cli.local.Supervisor;
import dev.wrought.cli.terminal.Terminal;
import dev.wrought.cli.view.RunEnding;
import dev.wrought.proto.trainer.v1.GetRunRequest;
import dev.wrought.proto.trainer.v1.Run;
import dev.wrought.proto.trainer.v1.StopRunRequest;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A demo with what it started: the platform, if none ran, and its run. {@link #end} stops exactly
 * that, from whatever thread and at whatever point.
 */
public final class DemoSession {
  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final long ANSWER_SECONDS = 5;
  private static final long STOP_SECONDS = 60;

  private final Platform platform;
  private final int portBase;
  private final Path root;
  private final Terminal terminal;
  private final Narration narration;
  private final boolean ranBefore;
  private volatile Optional<String> liveRun = Optional.empty();
  private volatile boolean finished;
  private boolean ended;

  /**
   * Nothing is started yet.
   *
   * @param root the checkout, where the recipe lies
   */
  public DemoSession(Platform platform, int portBase, Path root, Terminal terminal) {
    this.platform = platform;
    this.portBase = portBase;
    this.root = root;
    this.terminal = terminal;
    this.narration = new Narration(terminal);
    this.ranBefore = platform.running();
  }

  /** Starts the platform where it does not run, and makes a model. */
  public DemoReport run(DemoOrder order) throws InterruptedException {
    Demonstration.check(order, root);
    narration.stage("Platform", "a Kafka broker and four services, each a process of its own");
    if (ranBefore) {
      terminal.note("runs already, and stays");
    }
    platform.up(ranBefore ? _ -> {} : terminal::note);
    terminal.note("dashboard: " + dashboard());
    try (Services services = new Services(portBase)) {
      DemoReport report =
          new Demonstration(services, narration, platform.home().folder(), root)
              .run(order, run -> liveRun = Optional.of(run.getUid()));
      finished = true;
      return report;
    }
  }

  public String dashboard() {
    return "http://localhost:" + Part.EVAL.port(portBase);
  }

  /** The platform was not there before. */
  public boolean startedPlatform() {
    return !ranBefore;
  }

  /** Keeps the platform alive until somebody takes it down or this thread is interrupted. */
  public void hold() throws InterruptedException {
    try (Supervisor supervisor = Supervisor.start(platform, terminal::note)) {
      supervisor.join();
    }
  }

  /**
   * Stops what was started; where the demo is not finished, says what is kept. Once: but where
   * Ctrl-C cuts it short, whoever handles that starts it over.
   */
  public synchronized void end() {
    if (ended) {
      return;
    }
    if (!finished) {
      narration.leftBehind().forEach(terminal::note);
      liveRun.ifPresent(this::stop);
    }
    if (!ranBefore && platform.running() && platform.down(GRACE, terminal::note)) {
      terminal.note("the platform is stopped");
    }
    ended = true;
  }

  private void stop(String uid) {
    try (Services services = new Services(portBase)) {
      Run run =
          services
              .trainer()
              .withDeadlineAfter(ANSWER_SECONDS, TimeUnit.SECONDS)
              .getRun(GetRunRequest.newBuilder().setRun(uid).build());
      if (RunWatch.ended(run)) {
        return;
      }
      terminal.note("asking the worker to save and end ...");
      Run stopped =
          services
              .trainer()
              .withDeadlineAfter(STOP_SECONDS, TimeUnit.SECONDS)
              .stop(StopRunRequest.newBuilder().setRun(uid).build());
      terminal.note(RunEnding.summary(stopped));
      String up = ranBefore ? "" : "./wrought up, then ";
      terminal.note("go on with it: " + up + "./wrought runs resume " + stopped.getName());
    } catch (StatusRuntimeException absent) {
      terminal.note("the run could not be asked to stop: " + absent.getStatus().getCode());
    }
  }
}
