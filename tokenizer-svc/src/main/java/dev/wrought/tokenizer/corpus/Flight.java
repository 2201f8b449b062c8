package dev.wrought.tokenizer.corpus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * The documents of one source between it and the results, in batches, each of which is one task of
 * the pool but for its end:
 *
 * <pre>
 * read    beside others   bytes, filters, fingerprint
 * select  in order        duplicates are left out
 * work    beside others   what the caller does with each
 * land    in order        results are handed on, on the thread that reads the source
 * </pre>
 *
 * <p>Batches, because a thread is woken for each: with a task a document, waking was a sixth of all
 * time over files of some kilobytes. One task, so that a text is worked on while the core that read
 * it still has it in its cache; whoever has to wait there for the batch before waits for one that
 * is being read, because the pool begins tasks in order. For one thread but for the tasks.
 */
final class Flight<R> implements DocumentVisitor {
  private static final int MOST_DOCUMENTS = 1024;
  private static final long MOST_BYTES = 16L << 20;
  private static final int BATCH_DOCUMENTS = 64;
  private static final long BATCH_BYTES = 1 << 17;

  /** Stands for a size that is not known: that few are in flight at once. */
  private static final long UNKNOWN_BYTES = 1 << 20;

  /** What is still to be read, or was left out before. */
  @FunctionalInterface
  private interface Entry {
    Outcome<Fingerprinted> read() throws IOException;
  }

  /** A batch on its way. */
  private record InFlight<R>(
      int documents, long bytes, CompletableFuture<List<Outcome<R>>> outcomes) {}

  private final Corpus corpus;
  private final Deduplication deduplication;
  private final Executor pool;
  private final CorpusReader.Work<R> work;
  private final CorpusReader.Results<R> results;
  private final Queue<InFlight<R>> batches = new ArrayDeque<>();
  private CompletableFuture<?> selected = CompletableFuture.completedFuture(List.of());
  private List<Entry> batch = new ArrayList<>();
  private long batchBytes;
  private long added;
  private int documents;
  private long bytes;
  private volatile boolean cancelled;

  Flight(
      Corpus corpus,
      Deduplication deduplication,
      Executor pool,
      CorpusReader.Work<R> work,
      CorpusReader.Results<R> results) {
    this.corpus = corpus;
    this.deduplication = deduplication;
    this.pool = pool;
    this.work = work;
    this.results = results;
  }

  @Override
  public void document(String path, long announced, Content content) throws IOException {
    if (announced > Corpus.LONGEST_DOCUMENT) {
      Outcome<Fingerprinted> tooLong = Outcome.dropped(path, announced, DropReason.TOO_LONG);
      add(0, () -> tooLong);
    } else {
      long number = added;
      add(announced < 0 ? UNKNOWN_BYTES : announced, () -> read(number, path, content));
    }
  }

  @Override
  public void dropped(String path, String reason) throws IOException {
    add(0, () -> Outcome.dropped(path, 0, reason));
  }

  private void add(long size, Entry entry) throws IOException {
    land(MOST_DOCUMENTS - 1, MOST_BYTES - size);
    batch.add(entry);
    added++;
    batchBytes += size;
    if (batch.size() == BATCH_DOCUMENTS || batchBytes >= BATCH_BYTES) {
      launch();
    }
  }

  private void launch() {
    List<Entry> entries = batch;
    CompletableFuture<?> before = selected;
    CompletableFuture<String> own = new CompletableFuture<>();
    batches.add(
        new InFlight<>(
            entries.size(),
            batchBytes,
            CompletableFuture.supplyAsync(() -> work(selection(entries, before, own)), pool)));
    selected = own;
    documents += entries.size();
    bytes += batchBytes;
    batch = new ArrayList<>();
    batchBytes = 0;
  }

  /**
   * What is left of a batch.
   *
   * @param before done when the batch before was selected
   * @param selected to be done when this one was
   */
  private List<Outcome<Fingerprinted>> selection(
      List<Entry> entries, CompletableFuture<?> before, CompletableFuture<String> selected) {
    try {
      List<Outcome<Fingerprinted>> read = read(entries);
      before.join();
      List<Outcome<Fingerprinted>> selection = select(read);
      selected.complete("");
      return selection;
    } catch (RuntimeException | Error failure) {
      selected.completeExceptionally(failure);
      throw failure;
    }
  }

  private List<Outcome<Fingerprinted>> read(List<Entry> entries) {
    List<Outcome<Fingerprinted>> outcomes = new ArrayList<>(entries.size());
    try {
      for (Entry entry : entries) {
        stopIfCancelled();
        outcomes.add(entry.read());
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return outcomes;
  }

  private Outcome<Fingerprinted> read(long number, String path, Content content)
      throws IOException {
    try {
      return corpus.filter(number, path, content.read()).map(deduplication::fingerprint);
    } catch (DroppedException dropped) {
      return Outcome.dropped(path, 0, dropped.reason());
    }
  }

  private List<Outcome<Fingerprinted>> select(List<Outcome<Fingerprinted>> read) {
    List<Outcome<Fingerprinted>> selection = new ArrayList<>(read.size());
    for (Outcome<Fingerprinted> outcome : read) {
      selection.add(select(outcome));
    }
    return selection;
  }

  private Outcome<Fingerprinted> select(Outcome<Fingerprinted> outcome) {
    return outcome
        .result()
        .flatMap(deduplication::reasonAgainst)
        .map(reason -> Outcome.<Fingerprinted>dropped(outcome.path(), outcome.bytes(), reason))
        .orElse(outcome);
  }

  private List<Outcome<R>> work(List<Outcome<Fingerprinted>> selection) {
    List<Outcome<R>> outcomes = new ArrayList<>(selection.size());
    for (Outcome<Fingerprinted> outcome : selection) {
      stopIfCancelled();
      outcomes.add(outcome.map(kept -> work.on(kept.document())));
    }
    return outcomes;
  }

  /** Hands on all results. */
  void landAll() throws IOException {
    launch();
    land(0, 0);
  }

  /** Hands results on until no more than this are in flight. */
  private void land(int mostDocuments, long mostBytes) throws IOException {
    while (!batches.isEmpty() && (documents > mostDocuments || bytes > mostBytes)) {
      InFlight<R> first = batches.remove();
      documents -= first.documents();
      bytes -= first.bytes();
      for (Outcome<R> outcome : Awaited.result(first.outcomes())) {
        results.accept(outcome);
      }
    }
  }

  /** Lets what has not begun end at once. */
  void cancel() {
    cancelled = true;
  }

  private void stopIfCancelled() {
    if (cancelled) {
      throw new CancellationException("the reading has ended");
    }
  }
}
