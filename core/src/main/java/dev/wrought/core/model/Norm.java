package dev.wrought.core.model;

/** The normalisation before attention, before the feed-forward network and before the logits. */
public sealed interface Norm {

  /** Added to the variance, against division by zero. */
  double epsilon();

  /** Centred and scaled, with a learned weight and bias. Source: Ba et al. 2016. */
  record LayerNorm(double epsilon) implements Norm {
    public LayerNorm {
      requirePositive(epsilon);
    }
  }

  /** Scaled by the root mean square, with a learned weight. Source: Zhang and Sennrich 2019. */
  record RmsNorm(double epsilon) implements Norm {
    public RmsNorm {
      requirePositive(epsilon);
    }
  }

  private static void requirePositive(double epsilon) {
    Checks.require(
        epsilon > 0 && epsilon < 1,
        () -> "the norm's epsilon is " + epsilon + ", it must be between 0 and 1");
  }
}
