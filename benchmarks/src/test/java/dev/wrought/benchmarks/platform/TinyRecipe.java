package dev.wrought.benchmarks.platform;

/** Recipes of a two-layer model of some 130,000 parameters. */
final class TinyRecipe {
  static final int STEPS = 200;
  static final int VALIDATION_EVERY = 20;

  private TinyRecipe() {}

  /** {@link #STEPS} steps with seed 1: the same weights whatever the run is called. */
  static String of(String name) {
    return of(name, STEPS);
  }

  static String of(String name, int steps) {
    return """
    apiVersion: wrought.dev/v1alpha1
    kind: TrainingRun
    metadata: {name: %s}
    spec:
      model: {preset: llama, layers: 2, width: 64, heads: 4, keyValueHeads: 2, contextLength: 64}
      tokenizer: %s
      data: {mixture: [{dataset: %s}]}
      optimizer: {muon: {learningRate: 3e-3}}
      schedule: {cosine: {warmupSteps: 10}}
      batch: {tokens: 512, microBatchSequences: 8}
      duration: {steps: %d}
      precision: fp32
      seed: 1
      validation: {everySteps: %d, tokens: 1024}
      checkpoint: {everySteps: 25, keep: 3}
    """
        .formatted(name, Made.TOKENIZER, Made.DATASET, steps, VALIDATION_EVERY);
  }
}
