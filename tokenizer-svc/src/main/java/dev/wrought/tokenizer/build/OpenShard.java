package dev.wrought.tokenizer.build;

import dev.wrought.core.dataset.ShardWriter;
import dev.wrought.tokenizer.corpus.Position;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** A shard on its way to the disk: the pool writes it, one batch of documents after the other. */
final class OpenShard implements AutoCloseable {
  private final ShardWriter writer;
  private final Executor pool;
  private CompletableFuture<?> last = CompletableFuture.completedFuture("");

  OpenShard(ShardWriter writer, Executor pool) {
    this.writer = writer;
    this.pool = pool;
  }

  /** Writes documents after those that were given before. */
  CompletableFuture<?> write(List<int[]> documents) {
    last = last.thenRunAsync(() -> add(documents), pool);
    return last;
  }

  private void add(List<int[]> documents) {
    try {
      for (int[] ids : documents) {
        writer.add(ids);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * Gives it its name, when all is written.
   *
   * @param forced whether it is to be on the disk by then, whatever happens to the machine
   */
  CompletableFuture<FinishedShard> finish(Position end, boolean forced) {
    CompletableFuture<FinishedShard> finished =
        last.thenApplyAsync(_ -> finished(end, forced), pool);
    last = finished;
    return finished;
  }

  private FinishedShard finished(Position end, boolean forced) {
    try {
      FinishedShard shard = new FinishedShard(writer.documents(), end, writer.finish());
      if (forced) {
        writer.force();
      }
      return shard;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** How often each token occurs in it, once it is finished. */
  long[] occurrences() {
    return writer.occurrences();
  }

  /** Waits for what is being written; nothing is left of a shard that is not finished. */
  @Override
  public void close() throws IOException {
    last.handle((_, _) -> "").join();
    writer.close();
  }
}
