package dev.wrought.trainer.worker;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.ExitCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.trainer.journal.WorkerExit;
import dev.wrought.trainer.journal.WorkerLock;
import dev.wrought.trainer.loop.Ending;
import dev.wrought.trainer.loop.StopSignal;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;

/** From arguments to an exit code, with last words for whoever started the worker. */
final class WorkerProcess {
  private static final System.Logger LOG = System.getLogger(WorkerProcess.class.getName());

  private final StopSignal stop;

  WorkerProcess(StopSignal stop) {
    this.stop = stop;
  }

  private record End(ExitCode code, String message) {}

  ExitCode run(List<String> arguments) {
    WorkerArguments worker;
    try {
      worker = WorkerArguments.parse(arguments);
    } catch (WroughtException usage) {
      LOG.log(Level.ERROR, usage.getMessage());
      return ExitCode.USAGE;
    }
    try (WorkerLock lock = WorkerLock.take(worker.run(), worker.epoch())) {
      End end = train(worker, lock);
      LOG.log(Level.INFO, "ends with {0}: {1}", end.code(), end.message());
      new WorkerExit(worker.epoch(), end.code().code(), end.message()).write(worker.run());
      return end.code();
    } catch (WroughtException refused) { // without the lock it has no say in the run's folder
      LOG.log(Level.ERROR, refused.getMessage());
      return ExitCode.of(refused.code());
    } catch (IOException unwritable) {
      LOG.log(Level.ERROR, "the last words cannot be written", unwritable);
      return ExitCode.RESOURCES;
    }
  }

  private End train(WorkerArguments worker, WorkerLock lock) {
    try {
      return switch (new Worker(worker, lock, stop).train()) {
        case Ending.Completed() -> new End(ExitCode.OK, "all planned steps are done");
        case Ending.Stopped(int step) -> new End(ExitCode.STOPPED, stopped(step));
        case Ending.NonFinite(String message) -> new End(ExitCode.NON_FINITE, message);
      };
    } catch (WroughtException failure) {
      return failed(ExitCode.of(failure.code()), String.valueOf(failure.getMessage()), failure);
    } catch (OutOfMemoryError heap) {
      return failed(ExitCode.OUT_OF_MEMORY, "out of heap: " + heap.getMessage(), heap);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return failed(ExitCode.INTERRUPTED, "interrupted", interrupted);
    } catch (RuntimeException | Error defect) {
      return failed(ExitCode.INTERNAL, ErrorCode.INTERNAL_ERROR + ": " + defect, defect);
    }
  }

  private static String stopped(int step) {
    return step > 0 ? "a checkpoint is saved" : "stopped before the first step: nothing to save";
  }

  private static End failed(ExitCode code, String message, Throwable cause) {
    LOG.log(Level.ERROR, message, cause);
    return new End(code, message);
  }
}
