package dev.wrought.tokenizer.corpus;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Reads a corpus once, source after source, on several threads: reading, filtering and the caller's
 * work on each document run in parallel; duplicates are left out and results handed on in the
 * corpus' order, so that both are the same whatever the number of threads.
 *
 * <p>What is in flight is bounded in number and bytes, so memory does not depend on the corpus but
 * for what duplicates are told by ({@link Deduplication}). A failure anywhere, also one thrown to
 * cancel, stops the rest and comes out of {@link #read}.
 */
public final class CorpusReader implements AutoCloseable {
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

  private final Corpus corpus;
  private final Deduplication deduplication;
  private final ExecutorService pool;

  public CorpusReader(Corpus corpus, int threads) {
    this.corpus = corpus;
    this.deduplication = new Deduplication(corpus.spec());
    this.pool =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("corpus-", 0).factory());
  }

  /** Reads a source to its end. @param sample which of its documents */
  public <R> void read(int source, EvenSample sample, Work<R> work, Results<R> results) {
    Flight<R> flight = new Flight<>(corpus, deduplication, pool, work, results);
    try {
      corpus.read(source, sample.over(flight));
      flight.landAll();
      corpus.checkUnchanged(source);
    } catch (IOException failure) {
      corpus.checkUnchanged(source);
      throw Corpus.unreadable(corpus.source(source), failure);
    } catch (WroughtException failure) {
      if (failure.code() == ErrorCode.INVALID_DATA) { // perhaps because it was changed
        corpus.checkUnchanged(source);
      }
      throw failure;
    } finally {
      flight.cancel();
    }
  }

  /** Stops the threads; the work on documents in flight is finished first. */
  @Override
  public void close() {
    pool.close();
  }
}
