package dev.wrought.tokenizer.training;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.tokenizer.PrunedWords;
import dev.wrought.core.tokenizer.WordCounts;
import dev.wrought.tokenizer.corpus.Position;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The words of documents, counted on several threads.
 *
 * <p>It is deterministic: documents come in the corpus' order and are put together in batches of a
 * fixed size; each batch is counted by itself, on whichever thread; and the counts of batches are
 * added up in order, on the caller's thread. Only there are rare words pruned, always between two
 * batches. So what is pruned depends on the documents before that place and on the memory allowed,
 * not on threads, nor on whether the work was interrupted at such a place. For one thread.
 */
final class Tally implements AutoCloseable {
  private static final long MOST_BATCH_BYTES = 2 << 20;

  /** Of the memory allowed; the batches in flight come on top of it. */
  private static final int BATCH_SHARE = 32;

  /** Pruning leaves three quarters, so that it need not be done for each batch. */
  private static final double LEFT_BY_PRUNING = 0.75;

  /** Documents that are counted together, and the place behind the last of them. */
  private record Batch(CompletableFuture<WordCounts> counts, Position end) {}

  /** A document's text, and how often it is to be counted. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Text(byte[] content, int copies) {}

  private final TrainingRequest request;
  private final TrainingSettings settings;
  private final SavePoints savePoints;
  private final Position start;
  private final WordCounts sum;
  private final ExecutorService pool;
  private final Queue<Batch> inFlight = new ArrayDeque<>();
  private List<Text> texts = new ArrayList<>();
  private long bytes;
  private Position last = Position.START;
  private PrunedWords pruned;

  /**
   * @param start what an earlier attempt has counted; the rest is added to it
   */
  Tally(
      TrainingState.Counting start,
      TrainingRequest request,
      TrainingSettings settings,
      SavePoints savePoints) {
    this.request = request;
    this.settings = settings;
    this.savePoints = savePoints;
    this.start = start.position();
    this.sum = start.counts();
    this.pruned = start.pruned();
    this.pool =
        Executors.newFixedThreadPool(
            settings.threads(), Thread.ofPlatform().daemon().name("counting-", 0).factory());
  }

  /**
   * Counts a document, unless an earlier attempt has.
   *
   * @param copies how often
   * @param end the place behind it
   * @throws WroughtException INVALID_DATA if that attempt had another corpus
   */
  void add(byte[] text, int copies, Position end) {
    last = end;
    if (end.documents() <= start.documents()) {
      checkSame(end.documents() < start.documents() || end.equals(start));
      return;
    }
    texts.add(new Text(text, copies));
    bytes += text.length;
    if (bytes >= batchBytes()) {
      countBatch();
    }
  }

  private void checkSame(boolean same) {
    if (!same) {
      savePoints.forget();
      throw new WroughtException(
          ErrorCode.INVALID_DATA,
          "the corpus is not the one that this training had begun with, though its files have the same sizes and times: train again, from the beginning");
    }
  }

  private long batchBytes() {
    long memory = request.memoryBytes();
    return memory == 0 ? MOST_BATCH_BYTES : Math.min(MOST_BATCH_BYTES, memory / BATCH_SHARE);
  }

  private void countBatch() {
    List<Text> batch = texts;
    inFlight.add(new Batch(CompletableFuture.supplyAsync(() -> counts(batch), pool), last));
    texts = new ArrayList<>();
    bytes = 0;
    addUp(settings.threads());
  }

  private WordCounts counts(List<Text> batch) {
    WordCounts counts = new WordCounts(request.model());
    batch.forEach(text -> counts.add(text.content(), text.copies()));
    return counts;
  }

  /** Adds up batches in order until no more than this are in flight. */
  private void addUp(int most) {
    while (inFlight.size() > most) {
      Batch first = inFlight.remove();
      sum.add(first.counts().join());
      keepWithinMemory();
      savePoints.offer(() -> new TrainingState.Counting(first.end(), sum, pruned));
    }
  }

  private void keepWithinMemory() {
    long memory = request.memoryBytes();
    if (memory > 0 && sum.memoryBytes() > memory) {
      pruned = pruned.plus(sum.prune((long) (LEFT_BY_PRUNING * memory)));
    } else if (memory == 0 && sum.memoryBytes() > settings.memoryBytes()) {
      throw new WroughtException(
          ErrorCode.OUT_OF_MEMORY,
          "%,d distinct words take more than the %,d MB that the tokenizer service has for them: give memory_bytes (--memory), so that rare words are left out, or count a sample (--sample), or start the service with a larger heap"
              .formatted(sum.distinctWords(), settings.memoryBytes() / 1_000_000));
    }
  }

  /** Counts what is left. @return all counts */
  WordCounts finish() {
    checkSame(last.documents() >= start.documents());
    countBatch();
    addUp(0);
    return sum;
  }

  /** What was dropped so far. */
  PrunedWords pruned() {
    return pruned;
  }

  @Override
  public void close() {
    pool.close();
  }
}
