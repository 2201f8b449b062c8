package dev.wrought.tokenizer.corpus;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Reads one source of a corpus on several threads: reading, filtering and the caller's work on each
 * document run in parallel, the results are handed on in the source's order, on the caller's
 * thread.
 *
 * <p>What is in flight is bounded in number and bytes, so memory does not depend on the corpus. A
 * failure anywhere, also one thrown to cancel, stops the rest and comes out of {@link #read}.
 */
public final class CorpusReader implements AutoCloseable {
  private static final int MOST_IN_FLIGHT = 256;
  private static final long MOST_BYTES_IN_FLIGHT = 16L << 20;

  /** What is done with each document that is kept; on several threads at once. */
  @FunctionalInterface
  public interface Work<R> {
    R on(Document document);
  }

  /** Takes what became of the documents, in order, on one thread; may throw to stop. */
  @FunctionalInterface
  public interface Results<R> {
    void accept(Outcome<R> outcome) throws IOException;
  }

  /**
   * What became of a document.
   *
   * @param bytes it had before the filters
   * @param result of the work; empty if it was left out
   * @param dropReason why, if it was
   */
  public record Outcome<R>(String path, long bytes, Optional<R> result, String dropReason) {
    static <R> Outcome<R> dropped(String path, long bytes, String reason) {
      return new Outcome<>(path, bytes, Optional.empty(), reason);
    }
  }

  private final ExecutorService pool;

  public CorpusReader(int threads) {
    this.pool =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("corpus-", 0).factory());
  }

  /** Reads a source to its end. @param sample which of its documents */
  public <R> void read(
      Corpus corpus, int source, EvenSample sample, Work<R> work, Results<R> results) {
    Flight<R> flight = new Flight<>(corpus, work, results);
    try {
      corpus.read(source, sample.over(flight));
      flight.land(0, 0);
    } catch (IOException failure) {
      throw Corpus.unreadable(corpus.source(source), failure);
    } finally {
      flight.cancel();
    }
  }

  /** Stops the threads; the work on documents in flight is finished first. */
  @Override
  public void close() {
    pool.close();
  }

  /** A document on its way. */
  private record InFlight<R>(long bytes, Future<Outcome<R>> outcome) {}

  /** The documents between the source and the results. */
  private final class Flight<R> implements DocumentVisitor {
    private final Corpus corpus;
    private final Work<R> work;
    private final Results<R> results;
    private final Queue<InFlight<R>> documents = new ArrayDeque<>();
    private long bytesInFlight;

    Flight(Corpus corpus, Work<R> work, Results<R> results) {
      this.corpus = corpus;
      this.work = work;
      this.results = results;
    }

    @Override
    public void document(String path, long bytes, Content content) throws IOException {
      long size = Math.max(0, bytes);
      if (size > Corpus.LONGEST_DOCUMENT) {
        leaveOut(Outcome.dropped(path, size, DropReason.TOO_LONG));
        return;
      }
      land(MOST_IN_FLIGHT - 1, MOST_BYTES_IN_FLIGHT - size);
      documents.add(new InFlight<>(size, pool.submit(() -> workOn(path, content))));
      bytesInFlight += size;
    }

    @Override
    public void dropped(String path, String reason) throws IOException {
      leaveOut(Outcome.dropped(path, 0, reason));
    }

    private void leaveOut(Outcome<R> outcome) throws IOException {
      land(MOST_IN_FLIGHT - 1, MOST_BYTES_IN_FLIGHT);
      documents.add(new InFlight<>(0, CompletableFuture.completedFuture(outcome)));
    }

    private Outcome<R> workOn(String path, Content content) throws IOException {
      byte[] raw = content.read();
      return switch (corpus.filter(path, raw)) {
        case Filtered.Dropped dropped -> Outcome.dropped(path, raw.length, dropped.reason());
        case Filtered.Kept kept ->
            new Outcome<>(path, raw.length, Optional.of(work.on(kept.document())), "");
      };
    }

    /** Hands results on until no more than this are in flight. */
    void land(int most, long mostBytes) throws IOException {
      while (documents.size() > most || (bytesInFlight > mostBytes && !documents.isEmpty())) {
        InFlight<R> first = documents.remove();
        bytesInFlight -= first.bytes();
        results.accept(outcomeOf(first.outcome()));
      }
    }

    void cancel() {
      documents.forEach(document -> document.outcome().cancel(true));
    }

    private Outcome<R> outcomeOf(Future<Outcome<R>> future) throws IOException {
      try {
        return future.get();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new WroughtException(ErrorCode.CANCELLED, "reading was interrupted", interrupted);
      } catch (ExecutionException failure) {
        switch (failure.getCause()) {
          case IOException io -> throw io;
          case RuntimeException known -> throw known;
          case Error error -> throw error;
          case null, default -> throw new IllegalStateException(failure);
        }
      }
    }
  }
}
