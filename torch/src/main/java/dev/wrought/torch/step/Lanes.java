package dev.wrought.torch.step;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.torch.aten.Libtorch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/**
 * A fixed number of threads that compute side by side, each with its own operators on one core.
 *
 * <p>They meet a few times a step, where threads inside the operators would meet at the end of each
 * of its thousand operators, spinning: on two cores that another process shares, those were several
 * times slower than one thread alone. Measured in docs/adr/0004.
 */
final class Lanes implements AutoCloseable {

  private final int count;
  private final ExecutorService threads;

  Lanes(int count) {
    this.count = count;
    threads = Executors.newFixedThreadPool(count, Lanes::thread);
  }

  private static Thread thread(Runnable work) {
    return Thread.ofPlatform()
        .name("torch-lane-", 0)
        .daemon()
        .unstarted(() -> {
          Libtorch.singleThreaded();
          work.run();
        });
  }

  int count() {
    return count;
  }

  /** Runs a task for each lane and waits for all; the results are in the order of the lanes. */
  <T> List<T> run(IntFunction<T> task) {
    List<Future<T>> futures = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int lane = i;
      Callable<T> work = () -> task.apply(lane);
      futures.add(threads.submit(work));
    }
    List<T> results = new ArrayList<>(count);
    List<Throwable> failures = new ArrayList<>();
    for (Future<T> future : futures) {
      await(future, results, failures);
    }
    if (!failures.isEmpty()) {
      throw asFailure(failures);
    }
    return results;
  }

  /** Native work cannot be interrupted: an interrupt is kept for later. */
  private static <T> void await(Future<T> future, List<T> results, List<Throwable> failures) {
    boolean interrupted = false;
    while (true) {
      try {
        results.add(future.get());
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException e) {
        failures.add(e.getCause() instanceof Throwable cause ? cause : e);
        break;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static RuntimeException asFailure(List<Throwable> failures) {
    Throwable first = failures.getFirst();
    WroughtException failure =
        new WroughtException(
            first instanceof WroughtException known ? known.code() : ErrorCode.INTERNAL_ERROR,
            String.valueOf(first.getMessage()),
            first);
    failures.stream().skip(1).forEach(failure::addSuppressed);
    return failure;
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
