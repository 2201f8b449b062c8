package dev.wrought.trainer.worker;

import dev.wrought.core.error.ExitCode;
import dev.wrought.trainer.loop.StopSignal;
import java.lang.System.Logger.Level;
import java.util.List;
import sun.misc.Signal;

/**
 * The worker's main. SIGTERM and SIGINT ask it to save a checkpoint and end with code 7; a second
 * one ends it at once, with 130, and the last published checkpoint stays. Exit codes are those of
 * {@link ExitCode}.
 */
public final class WorkerMain {
  private static final System.Logger LOG = System.getLogger(WorkerMain.class.getName());

  private WorkerMain() {}

  /** Trains one start of a run. */
  public static void main(String[] arguments) {
    WorkerLogging.configure();
    StopSignal stop = new StopSignal();
    listenTo("TERM", stop);
    listenTo("INT", stop);
    ExitCode code = new WorkerProcess(stop).run(List.of(arguments));
    System.out.flush();
    System.err.flush();
    Runtime.getRuntime().halt(code.code()); // libtorch's threads need no farewell
  }

  private static void listenTo(String name, StopSignal stop) {
    Signal.handle(
        new Signal(name),
        signal -> {
          if (stop.request()) {
            LOG.log(Level.INFO, "SIG{0}: saving a checkpoint after this step", signal.getName());
          } else {
            LOG.log(Level.WARNING, "SIG{0} again: ending at once", signal.getName());
            Runtime.getRuntime().halt(ExitCode.INTERRUPTED.code());
          }
        });
  }
}
