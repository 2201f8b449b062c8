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

  /** Forces it out and gives it its name, when all is written. */
  CompletableFuture<FinishedShard> finish(Position end) {
    CompletableFuture<FinishedShard> finished = last.thenApplyAsync(_ -> finished(end), pool);
    last = finished;
    return finished;
  }

  private FinishedShard finished(Position end) {
    try {
      return new FinishedShard(writer.documents(), end, writer.finish());
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
