package dev.wrought.serving.scoring;

import dev.wrought.serving.engine.Sequence;
import dev.wrought.serving.kernel.Kernels;
import java.util.concurrent.atomic.AtomicBoolean;

/** An item being scored: every place from the context's last on predicts a token. */
final class ScoredSequence implements Sequence {
  private final Item item;
  private final Kernels kernels;
  private final int vocabularySize;
  private final double[] logLikelihoods;
  private final AtomicBoolean greedy = new AtomicBoolean(true);

  ScoredSequence(Item item, Kernels kernels, int vocabularySize) {
    this.item = item;
    this.kernels = kernels;
    this.vocabularySize = vocabularySize;
    logLikelihoods = new double[item.continuation().length];
  }

  @Override
  public int reserved() {
    return item.computed();
  }

  @Override
  public int size() {
    return item.computed();
  }

  @Override
  public int token(int place) {
    return item.token(place);
  }

  @Override
  public int firstWanted() {
    return item.context().length - 1;
  }

  @Override
  public boolean ready() {
    return true;
  }

  @Override
  public void accept(int place, float[] logits, int at) {
    int next = item.token(place + 1);
    double all = kernels.logSumExp(logits, at, vocabularySize);
    logLikelihoods[place - firstWanted()] = logits[at + next] - all;
    if (greedy.get() && kernels.argMax(logits, at, vocabularySize) != next) {
      greedy.set(false);
    }
  }

  @Override
  public boolean advance() {
    return false;
  }

  ItemScore score() {
    return new ItemScore(logLikelihoods, greedy.get());
  }
}
