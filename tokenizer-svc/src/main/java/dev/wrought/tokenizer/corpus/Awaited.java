package dev.wrought.tokenizer.corpus;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** What tasks of a pool came to, for the thread that waits for them. */
public final class Awaited {
  private Awaited() {}

  /**
   * A task's result.
   *
   * @throws WroughtException CANCELLED where the waiting is interrupted
   * @throws IOException as the task threw it, also wrapped as an unchecked one
   */
  public static <T> T result(CompletableFuture<T> task) throws IOException {
    try {
      return task.get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new WroughtException(ErrorCode.CANCELLED, "the work was interrupted", interrupted);
    } catch (ExecutionException failure) {
      switch (failure.getCause()) {
        case UncheckedIOException io -> throw io.getCause();
        case RuntimeException known -> throw known;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(failure);
      }
    }
  }
}
