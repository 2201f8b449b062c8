package dev.wrought.eval.benchmark;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.nio.file.Path;

/**
 * What to score.
 *
 * @param checkpoint absolute path of a checkpoint
 * @param dataset absolute path of a dataset, whose validation split is scored
 * @param maxBytes of whole documents; given as 0 it is 1 MiB
 * @param baselines whether gzip and a trigram model are to be asked as well
 */
public record HeldOutRequest(Path checkpoint, Path dataset, long maxBytes, boolean baselines) {
  private static final long DEFAULT_BYTES = 1 << 20;
  private static final long MOST_BYTES = 4 << 20;

  /** Checks. @throws WroughtException INVALID_ARGUMENT */
  public HeldOutRequest {
    requireAbsolute("checkpoint", checkpoint);
    requireAbsolute("dataset", dataset);
    if (maxBytes < 0 || maxBytes > MOST_BYTES) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT,
          "max_bytes is %d; allowed are 0 (that is 1 MiB) to %d".formatted(maxBytes, MOST_BYTES));
    }
    maxBytes = maxBytes == 0 ? DEFAULT_BYTES : maxBytes;
  }

  private static void requireAbsolute(String what, Path path) {
    if (!path.isAbsolute()) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT,
          "%s is \"%s\"; it must be an absolute path".formatted(what, path));
    }
  }
}
