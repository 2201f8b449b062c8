package dev.wrought.edge.call;

import io.grpc.Context;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Work that computes for minutes. Calls run on virtual threads, which share a thread a processor:
 * on one of those, it would keep all other calls waiting.
 */
public final class OwnThread {
  private OwnThread() {}

  /**
   * Runs the work on a thread of its own, in the call's context, and waits for it.
   *
   * @param name the thread's
   * @throws RuntimeException what the work throws
   */
  public static <R> R call(String name, Supplier<R> work) {
    Context caller = Context.current();
    try {
      return CompletableFuture.supplyAsync(
              work, task -> Thread.ofPlatform().name(name).start(caller.wrap(task)))
          .join();
    } catch (CompletionException failure) {
      throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
    }
  }
}
