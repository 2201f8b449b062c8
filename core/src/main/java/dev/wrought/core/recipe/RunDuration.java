package dev.wrought.core.recipe;

import dev.wrought.core.config.AtLeast;
import dev.wrought.core.config.AtMost;
import dev.wrought.core.config.Checks;
import dev.wrought.core.config.Doc;
import dev.wrought.core.config.MoreThan;
import dev.wrought.core.config.Quantity;
import java.time.Duration;

/** How long a run trains: exactly one of the four, as in {@code duration: {tokens: 20M}}. */
public sealed interface RunDuration {

  /** Until so many tokens were seen, rounded up to whole steps. */
  record Tokens(
      @Doc("Train until so many tokens were seen, rounded up to whole steps.")
          @Quantity
          @AtLeast(1)
          @AtMost(1e15)
          long tokens)
      implements RunDuration {
    public Tokens {
      Checks.of(Tokens.class, tokens).done();
    }
  }

  /** So many optimizer steps. */
  record Steps(@Doc("Train so many optimizer steps.") @AtLeast(1) @AtMost(1e9) int steps)
      implements RunDuration {
    public Steps {
      Checks.of(Steps.class, steps).done();
    }
  }

  /**
   * About so long. It becomes a step count after 20 measured steps, which is stored in the
   * trainer's state.
   */
  record Time(@Doc("Train about so long: 90s, 5m, 1h30m.") Duration time) implements RunDuration {
    public Time {
      Checks.of(Time.class, time)
          .that(
              time.toSeconds() >= 1 && time.toDays() <= 366,
              "is " + time + "; allowed: 1s to 366d",
              "time")
          .done();
    }
  }

  /**
   * A multiple of the 20 tokens per parameter of Hoffmann et al. 2022: 1.0 is compute-optimal by
   * that rule of thumb.
   */
  record Chinchilla(
      @Doc("Train on this multiple of 20 tokens a parameter (Hoffmann et al. 2022).")
          @MoreThan(0)
          @AtMost(1000)
          double chinchilla)
      implements RunDuration {
    public static final double TOKENS_PER_PARAMETER = 20;

    public Chinchilla {
      Checks.of(Chinchilla.class, chinchilla).done();
    }

    /** The tokens for a model of this size. */
    public long tokens(long parameters) {
      return Math.max(1, Math.round(chinchilla * TOKENS_PER_PARAMETER * parameters));
    }
  }
}
