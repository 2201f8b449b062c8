package dev.wrought.serving.scoring;

import dev.wrought.serving.engine.Job;
import dev.wrought.serving.engine.Sequence;
import dev.wrought.serving.kernel.Kernels;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;

/** Items being scored: as many at once as fit in a step. */
public final class Scoring implements Job {
  private final List<ScoredSequence> sequences;
  private final Iterator<ScoredSequence> upcoming;
  private final BooleanSupplier abandoned;
  private final CompletableFuture<List<ItemScore>> scores = new CompletableFuture<>();

  /**
   * @param items whose tokens exist and fit in the model's context
   * @param vocabularySize of the model
   * @param abandoned asked before every step: whether nobody waits any more
   */
  public Scoring(List<Item> items, Kernels kernels, int vocabularySize, BooleanSupplier abandoned) {
    sequences =
        items.stream().map(item -> new ScoredSequence(item, kernels, vocabularySize)).toList();
    upcoming = sequences.iterator();
    this.abandoned = abandoned;
  }

  @Override
  public Optional<Sequence> next() {
    return upcoming.hasNext() ? Optional.of(upcoming.next()) : Optional.empty();
  }

  @Override
  public boolean urgent() {
    return false;
  }

  @Override
  public boolean abandoned() {
    return abandoned.getAsBoolean();
  }

  @Override
  public void end(Optional<RuntimeException> failure) {
    failure.ifPresentOrElse(
        scores::completeExceptionally,
        () -> scores.complete(sequences.stream().map(ScoredSequence::score).toList()));
  }

  /**
   * Waits for the scores, one for each item.
   *
   * @throws RuntimeException what ended the job before its time
   */
  public List<ItemScore> await() throws InterruptedException {
    try {
      return scores.get();
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof RuntimeException known
          ? known
          : new IllegalStateException(failed.getCause());
    }
  }
}
