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

/**
 * {@code optimizer: {muon: {...}}}: Muon for the matrices of hidden layers, AdamW for the others.
 * Source of the momentum: Liu et al. 2025, "Muon is scalable for LLM training", section 2.2; the
 * other defaults are {@link AdamWSettings}', since steps are scaled to AdamW's.
 */
public record MuonSettings(
    @Doc("Peak learning rate, of matrices and others alike; the schedule gives each step's share.")
        @MoreThan(0)
        @AtMost(1)
        @Default("6e-4")
        double learningRate,
    @Doc("Decay of the running mean of a matrix's gradient.")
        @AtLeast(0)
        @LessThan(1)
        @Default("0.95")
        double momentum,
    @Doc("AdamW's, for embeddings, the head and vectors.")
        @AtLeast(0)
        @LessThan(1)
        @Default("[0.9, 0.95]")
        List<Double> betas,
    @Doc("AdamW's, added to the root of the second mean.")
        @MoreThan(0)
        @LessThan(1)
        @Default("1e-8")
        double epsilon,
    @Doc("Share of the learning rate by which matrices shrink each step.")
        @AtLeast(0)
        @LessThan(10)
        @Default("0.1")
        double weightDecay)
    implements OptimizerSettings {
  /** Its name in a recipe. */
  public static final String NAME = "muon";

  public MuonSettings {
    betas = List.copyOf(betas);
    Checks.of(MuonSettings.class, learningRate, momentum, betas, epsilon, weightDecay)
        .that(betas.size() == 2, "has " + betas.size() + " numbers; allowed: 2", "betas")
        .done();
  }

  /** One mean of each parameter, and a second one of those that are AdamW's. */
  @Override
  public long stateSize(ModelConfig model) {
    return model.tensors().stream()
        .mapToLong(tensor -> tensor.elements() * (tensor.role().hidden() ? 1 : 2))
        .sum();
  }
}
