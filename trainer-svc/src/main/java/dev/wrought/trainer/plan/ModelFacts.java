package dev.wrought.trainer.plan;

/**
 * What a recipe's model comes to.
 *
 * @param flopsPerToken to train on one token
 * @param memoryBytes estimated peak of the worker
 * @param checkpointBytes size of one checkpoint's tensors
 * @param tokensPerStep of one optimizer step
 * @param plannedSteps 0: not known before the run has measured its speed
 */
public record ModelFacts(
    long parameters,
    double flopsPerToken,
    long memoryBytes,
    long checkpointBytes,
    long tokensPerStep,
    int plannedSteps) {}
