package dev.wrought.core.model;

/** The two-layer network behind attention in every block. */
public sealed interface FeedForward {

  /** The width between its layers. */
  int width();

  /** Whether its projections carry a bias. */
  boolean bias();

  /**
   * Up, GELU, down. Source: Hendrycks and Gimpel 2016.
   *
   * @param tanh GPT-2's approximation by tanh ({@code gelu_new}) instead of the exact error
   *     function
   */
  record Gelu(int width, boolean bias, boolean tanh) implements FeedForward {
    public Gelu {
      Checks.requireSize("feed-forward width", width, 8 * ModelConfig.MAX_WIDTH);
    }
  }

  /** {@code down(silu(gate(x)) * up(x))}. Source: Shazeer 2020, GLU variants. */
  record SwiGlu(int width, boolean bias) implements FeedForward {
    public SwiGlu {
      Checks.requireSize("feed-forward width", width, 8 * ModelConfig.MAX_WIDTH);
    }

    /** LLaMA's rule: two thirds of four times the model's width, rounded up to 256. */
    public static int llamaWidth(int modelWidth) {
      int twoThirds = (int) (8L * modelWidth / 3);
      return 256 * Math.ceilDiv(twoThirds, 256);
    }
  }
}
