package dev.wrought.tokenizer.build;

import dev.wrought.core.dataset.ShardWriter;
import dev.wrought.core.dataset.TokenShards;
import dev.wrought.tokenizer.corpus.Awaited;
import dev.wrought.tokenizer.corpus.Position;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Writes documents into shards, one after the other. A shard is full with the document that reaches
 * its size, so that shards do not depend on threads.
 *
 * <p>Whoever adds documents waits for the disk only if it falls far behind: the pool writes them,
 * in order within a shard, and a shard is begun while those before it are still being forced out.
 * For one thread, but for what the pool does.
 */
final class ShardSequence implements AutoCloseable {
  private static final int BATCH_TOKENS = 1 << 16;

  /** Batches that wait for the disk: 4 MB. */
  private static final int MOST_BATCHES = 16;

  /** Full shards that do. */
  private static final int MOST_FINISHING = 2;

  /**
   * A shard that is being finished.
   *
   * @param full whether it is, and so stays as it is whatever comes
   */
  private record Finishing(
      OpenShard shard, boolean full, CompletableFuture<FinishedShard> finished) {}

  private final Path split;
  private final ShardSpec spec;
  private final Consumer<FinishedShard> whenFull;
  private final Map<String, String> files = new HashMap<>();
  private final long[] occurrences;
  private final Queue<CompletableFuture<?>> batches = new ArrayDeque<>();
  private final Queue<Finishing> finishing = new ArrayDeque<>();
  private int shards;
  private Optional<OpenShard> open = Optional.empty();
  private long openTokens;
  private List<int[]> batch = new ArrayList<>();
  private int batchTokens;
  private Position end = Position.START;

  /**
   * @param split where its shards lie
   * @param existing how many there are: the next one comes behind these
   * @param whenFull is told of full shards that are forced out, in order, on the thread that adds
   *     documents
   */
  ShardSequence(Path split, int existing, ShardSpec spec, Consumer<FinishedShard> whenFull) {
    this.split = split;
    this.shards = existing;
    this.spec = spec;
    this.whenFull = whenFull;
    this.occurrences = new long[spec.vocabularySize()];
  }

  /**
   * Adds a document.
   *
   * @param place in the corpus, behind the document
   */
  void add(int[] ids, Position place) throws IOException {
    if (open.isEmpty()) {
      Path prefix = TokenShards.shardPrefix(split, shards++);
      open =
          Optional.of(
              new OpenShard(ShardWriter.create(prefix, spec.vocabularySize()), spec.writers()));
    }
    batch.add(ids);
    batchTokens += ids.length;
    openTokens += ids.length;
    end = place;
    if (openTokens >= spec.tokens()) {
      finishShard(open.get(), true);
    } else if (batchTokens >= BATCH_TOKENS) {
      writeBatch(open.get());
    }
    land(MOST_FINISHING);
  }

  private void writeBatch(OpenShard shard) throws IOException {
    if (batches.size() == MOST_BATCHES) {
      Awaited.result(batches.remove());
    }
    batches.add(shard.write(batch));
    batch = new ArrayList<>();
    batchTokens = 0;
  }

  private void finishShard(OpenShard shard, boolean full) throws IOException {
    writeBatch(shard);
    finishing.add(new Finishing(shard, full, shard.finish(end, full)));
    open = Optional.empty();
    openTokens = 0;
  }

  /** Tells of shards that are finished, and waits until no more than this are not. */
  private void land(int most) throws IOException {
    while (!finishing.isEmpty()
        && (finishing.size() > most || finishing.element().finished().isDone())) {
      Finishing first = finishing.element();
      FinishedShard shard = Awaited.result(first.finished());
      finishing.remove();
      files.putAll(shard.files());
      long[] more = first.shard().occurrences();
      for (int id = 0; id < more.length; id++) {
        occurrences[id] += more[id];
      }
      if (first.full()) {
        whenFull.accept(shard);
      }
    }
  }

  /**
   * Finishes the last shard, which is forced out when it is published only, and waits for all. More
   * can be added afterwards.
   */
  void finish() throws IOException {
    if (open.isPresent()) {
      finishShard(open.get(), false);
    }
    land(0);
  }

  /** SHA-256 of the files that are finished, by name. */
  Map<String, String> files() {
    return files;
  }

  /** How often each token occurs in the shards that are finished. */
  long[] occurrences() {
    return occurrences;
  }

  /** Every one, whatever the others do. */
  private static void closeAll(Deque<OpenShard> shards) throws IOException {
    if (!shards.isEmpty()) {
      try (OpenShard _ = shards.remove()) {
        closeAll(shards);
      }
    }
  }

  /** Full shards are still finished, for another attempt to go on from. */
  @Override
  public void close() throws IOException {
    Deque<OpenShard> shards = new ArrayDeque<>();
    finishing.forEach(each -> shards.add(each.shard()));
    open.ifPresent(shards::add);
    try {
      land(0);
    } finally {
      closeAll(shards);
    }
  }
}
