package dev.wrought.cli.demo;

import dev.wrought.proto.trainer.v1.Run;

/**
 * A run that came to its end.
 *
 * @param tokensPerSecond over all its steps
 * @param firstLoss nats per token; NaN if no step had a finite one
 * @param lastLoss as firstLoss
 */
record Trained(Run run, double tokensPerSecond, double firstLoss, double lastLoss) {}
