package dev.wrought.torch.autograd;

import dev.wrought.torch.aten.Gradients;

/**
 * Whether operators on this thread record their history for {@link Backward}; by default they do.
 */
public final class GradMode implements AutoCloseable {

  private final boolean before = Gradients.recording();

  private GradMode(boolean on) {
    Gradients.record(on);
  }

  /** Recording, for training. */
  public static GradMode on() {
    return new GradMode(true);
  }

  /** Not recording, for evaluation and updates. */
  public static GradMode off() {
    return new GradMode(false);
  }

  @Override
  public void close() {
    Gradients.record(before);
  }
}
