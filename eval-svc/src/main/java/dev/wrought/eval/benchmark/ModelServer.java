package dev.wrought.eval.benchmark;

import java.nio.file.Path;
import java.util.List;

/**
 * Who computes models for us: serving-svc, or in tests a formula. Safe for several threads.
 *
 * <p>Every method fails with a {@link dev.wrought.core.error.WroughtException}: OVERLOADED means
 * that it will work later, UNAVAILABLE that nobody answers; all else is final.
 */
public interface ModelServer {
  /**
   * A model that stays loaded until its lease is released.
   *
   * @param contextLength how many tokens it reads at once
   * @param tokenizerDigest empty: not known
   */
  record Held(String lease, String model, int contextLength, String tokenizerDigest) {}

  /** Loads a checkpoint, and holds it. */
  Held load(Path checkpoint);

  /**
   * The log-likelihood of each window's continuation, in nats.
   *
   * @param model as it is called by {@link Held}
   */
  List<Double> logLikelihoods(String model, List<Window> windows);

  /** Lets a model go. */
  void release(String lease);
}
