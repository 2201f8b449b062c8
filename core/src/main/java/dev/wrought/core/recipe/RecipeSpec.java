package dev.wrought.core.recipe;

import dev.wrought.core.config.AtLeast;
import dev.wrought.core.config.Checks;
import dev.wrought.core.config.Default;
import dev.wrought.core.config.Doc;
import dev.wrought.core.config.Example;
import dev.wrought.core.config.Matches;

/** How a model is made: everything that a run needs to know. */
public record RecipeSpec(
    @Doc("The model's shape.") @Example("{preset: llama}") ModelSpec model,
    @Doc("Name, name@digest, or absolute path of a tokenizer.")
        @Example("my-tokenizer")
        @Matches(value = References.PATTERN, words = References.WORDS)
        String tokenizer,
    @Doc("What the model is trained on.") @Example("{mixture: [{dataset: my-data}]}") DataSpec data,
    @Doc("What it learns to predict.") @Default("{mixture: [{weight: 1, causal: {}}]}")
        ObjectiveSpec objective,
    @Doc("How weights follow gradients.") @Slot(PluginSlot.OPTIMIZER) @Default("{adamw: {}}")
        PluginChoice optimizer,
    @Doc("How the learning rate changes with the step.")
        @Slot(PluginSlot.SCHEDULE)
        @Default("{cosine: {}}")
        PluginChoice schedule,
    @Doc("How much data one step sees.") @Example("{tokens: 16384, microBatchSequences: 16}")
        BatchSpec batch,
    @Doc("How long the run trains.") @Example("{tokens: 20M}") RunDuration duration,
    @Doc(
            "Number format of activations and matrix products; master weights are fp32. auto: bf16"
                + " where the processor computes with it, else fp32.")
        @Default("auto")
        Precision precision,
    @Doc("Largest norm of all gradients together; 0: no clipping.") @AtLeast(0) @Default("1.0")
        double gradientClip,
    @Doc("Seed of weights, data order and objectives.") @Default("1") long seed,
    @Doc("Held-out loss.") @Default("{}") ValidationSpec validation,
    @Doc("Checkpoints.") @Default("{}") CheckpointSpec checkpoint,
    @Doc("Benchmarks.") @Default("{}") EvaluationSpec evaluation,
    @Doc("Answers to NaN and spikes.") @Default("{}") GuardSpec guard,
    @Doc("Processes or pods.") @Default("{}") WorkersSpec workers,
    @Doc("Hold the run: a live one saves a checkpoint and ends, until this is false again.")
        @Default("false")
        boolean suspend) {
  public RecipeSpec {
    Checks checks =
        Checks.of(
            RecipeSpec.class,
            model,
            tokenizer,
            data,
            objective,
            optimizer,
            schedule,
            batch,
            duration,
            precision,
            gradientClip,
            seed,
            validation,
            checkpoint,
            evaluation,
            guard,
            workers,
            suspend);
    model.checkFit(checks);
    checkBatch(checks, model, batch, workers);
    checks.done();
    model = model.resolved();
  }

  private static void checkBatch(
      Checks checks, ModelSpec model, BatchSpec batch, WorkersSpec workers) {
    int contextLength = model.effectiveContextLength();
    long portion = (long) batch.microBatchSequences() * contextLength * workers.count();
    long below = batch.tokens() / portion * portion;
    checks.that(
        batch.tokens() % portion == 0,
        "is %d; allowed: a multiple of %d".formatted(batch.tokens(), portion)
            + " (microBatchSequences %d * contextLength %d * workers.count %d)"
                .formatted(batch.microBatchSequences(), contextLength, workers.count())
            + ", such as "
            + (below == 0 ? portion : below + " or " + (below + portion)),
        "batch.tokens",
        "batch.microBatchSequences",
        "model.contextLength",
        "model.preset",
        "workers.count");
  }
}
