package dev.wrought.trainer.plan;

import dev.wrought.core.config.AtLeast;
import dev.wrought.core.config.AtMost;
import dev.wrought.core.config.Checks;
import dev.wrought.core.config.Default;
import dev.wrought.core.config.Doc;
import dev.wrought.core.config.LessThan;
import dev.wrought.core.config.MoreThan;
import dev.wrought.core.model.ModelConfig;
import java.util.List;

/** {@code optimizer: {adamw: {...}}}. Source of the defaults: Brown et al. 2020, appendix B. */
public record AdamWSettings(
    @Doc("Peak learning rate; the schedule gives each step's share of it.")
        @MoreThan(0)
        @AtMost(1)
        @Default("6e-4")
        double learningRate,
    @Doc("Decay of the running means of the gradient and of its square.")
        @AtLeast(0)
        @LessThan(1)
        @Default("[0.9, 0.95]")
        List<Double> betas,
    @Doc("Added to the root of the second mean.") @MoreThan(0) @LessThan(1) @Default("1e-8")
        double epsilon,
    @Doc("Share of the learning rate by which matrices shrink each step.")
        @AtLeast(0)
        @LessThan(10)
        @Default("0.1")
        double weightDecay)
    implements OptimizerSettings {
  /** Its name in a recipe. */
  public static final String NAME = "adamw";

  public AdamWSettings {
    betas = List.copyOf(betas);
    Checks.of(AdamWSettings.class, learningRate, betas, epsilon, weightDecay)
        .that(betas.size() == 2, "has " + betas.size() + " numbers; allowed: 2", "betas")
        .done();
  }

  /** Two means of each parameter. */
  @Override
  public long stateSize(ModelConfig model) {
    return 2 * model.parameterCount();
  }
}
