package dev.wrought.eval.benchmark;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.function.Supplier;

/**
 * A checkpoint that is held loaded for us until this is closed. While the server has too much to do
 * we wait, for as long as our own caller does; when it does not answer we try a few times more; all
 * else is final.
 */
final class LeasedModel implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(LeasedModel.class.getName());
  private static final int MAX_ITEMS = 32;
  private static final int MAX_TOKENS = 8_192;
  private static final Duration FIRST_WAIT = Duration.ofMillis(200);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
  private static final int TRIES_WHILE_AWAY = 4;

  private final ModelServer server;
  private final Patience patience;
  private final ModelServer.Held held;

  private LeasedModel(ModelServer server, Patience patience, Path checkpoint) {
    this.server = server;
    this.patience = patience;
    this.held = call(() -> server.load(checkpoint));
  }

  /**
   * Asks for a checkpoint to be loaded.
   *
   * @throws WroughtException UNAVAILABLE where the server does not answer; what it answers
   */
  static LeasedModel load(ModelServer server, Patience patience, Path checkpoint) {
    return new LeasedModel(server, patience, checkpoint);
  }

  /**
   * Makes sure that token ids mean the same to the model.
   *
   * @throws WroughtException DIGEST_MISMATCH
   */
  void requireTokenizer(String digest) {
    String models = held.tokenizerDigest();
    if (!models.isEmpty() && !models.equals(digest)) {
      throw new WroughtException(
          ErrorCode.DIGEST_MISMATCH,
          "the model's tokenizer is %s, the dataset's is %s: the same ids would be other text"
              .formatted(models, digest));
    }
  }

  /**
   * The summed log-likelihood of documents, in nats.
   *
   * @param prefix the token before every document
   * @param progress told the fraction done
   */
  double logLikelihood(List<int[]> documents, int prefix, DoubleConsumer progress) {
    double sum = 0;
    long done = 0;
    List<List<Window>> batches = batches(documents, prefix, held.contextLength());
    for (List<Window> batch : batches) {
      sum += logLikelihood(batch);
      progress.accept((double) ++done / batches.size());
    }
    return sum;
  }

  private static List<List<Window>> batches(List<int[]> documents, int prefix, int contextLength) {
    List<List<Window>> batches = new ArrayList<>();
    List<Window> batch = new ArrayList<>();
    int tokens = 0;
    for (int[] document : documents) {
      for (Window window : RollingWindows.of(document, prefix, contextLength)) {
        if (!batch.isEmpty()
            && (batch.size() == MAX_ITEMS || tokens + window.tokens() > MAX_TOKENS)) {
          batches.add(batch);
          batch = new ArrayList<>();
          tokens = 0;
        }
        batch.add(window);
        tokens += window.tokens();
      }
    }
    if (!batch.isEmpty()) {
      batches.add(batch);
    }
    return batches;
  }

  private double logLikelihood(List<Window> batch) {
    double sum =
        call(() -> server.logLikelihoods(held.model(), batch)).stream()
            .mapToDouble(Double::doubleValue)
            .sum();
    if (!Double.isFinite(sum)) {
      throw new WroughtException(
          ErrorCode.NON_FINITE, "the model's log-likelihood of a document is not finite");
    }
    return sum;
  }

  private <T> T call(Supplier<T> method) {
    Duration wait = FIRST_WAIT;
    int away = 0;
    while (true) {
      patience.check();
      try {
        return method.get();
      } catch (WroughtException failure) {
        boolean later =
            failure.code() == ErrorCode.OVERLOADED
                || (failure.code() == ErrorCode.UNAVAILABLE && ++away < TRIES_WHILE_AWAY);
        if (!later) {
          throw failure;
        }
      }
      patience.pause(wait);
      wait = Duration.ofMillis(Math.min(2 * wait.toMillis(), LONGEST_WAIT.toMillis()));
    }
  }

  @Override
  public void close() {
    try {
      server.release(held.lease());
    } catch (WroughtException failure) {
      LOG.log(Level.WARNING, "The lease {0} was not released: {1}", held.lease(), failure);
    }
  }
}
