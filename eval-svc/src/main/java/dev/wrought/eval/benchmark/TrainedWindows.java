package dev.wrought.eval.benchmark;

import dev.wrought.core.checkpoint.TrainerState;
import dev.wrought.core.dataset.TokenShards;
import dev.wrought.core.dataset.WindowOrder;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.util.Iterator;
import java.util.stream.LongStream;

/**
 * The windows of a training split that a checkpoint was trained on, each once, however often it was
 * seen: the first samples of the data order, which the trainer's state tells.
 *
 * <p>One dataset only: a mixture deals its samples out in a way that only the trainer knows.
 *
 * @param contextLength tokens of a window that are inputs; it has one more, the last target
 */
public record TrainedWindows(TokenShards split, WindowOrder order, int contextLength, long windows)
    implements Iterable<int[]> {

  /**
   * The windows of a checkpoint.
   *
   * @throws WroughtException FAILED_PRECONDITION where it was trained on a mixture, or on another
   *     split than this
   */
  public static TrainedWindows of(TrainerState state, TokenShards split) {
    if (state.datasets().size() != 1 || state.samples() < 1) {
      throw new WroughtException(
          ErrorCode.FAILED_PRECONDITION,
          "a trigram model can be fitted beside a model of one dataset, not of %d (%d samples): ask without baselines"
              .formatted(state.datasets().size(), state.samples()));
    }
    int contextLength = Math.toIntExact(state.totalTokens() / state.samples());
    long windows = WindowOrder.windowsIn(split.tokens(), Math.max(1, contextLength));
    if (contextLength < 1 || windows < 1) {
      throw new WroughtException(
          ErrorCode.FAILED_PRECONDITION,
          "the checkpoint's samples have %d tokens, and the training split has %d: it was trained on something else"
              .formatted(contextLength, split.tokens()));
    }
    return new TrainedWindows(
        split,
        new WindowOrder(state.seed(), windows),
        contextLength,
        Math.min(windows, state.samples()));
  }

  /** How many tokens the model had to predict in these windows. */
  public long tokens() {
    return windows * contextLength;
  }

  @Override
  public Iterator<int[]> iterator() {
    return LongStream.range(0, windows).mapToObj(this::read).iterator();
  }

  private int[] read(long sample) {
    int[] window = new int[contextLength + 1];
    split.read(order.window(sample) * contextLength, window);
    return window;
  }
}
