package dev.wrought.torch.step;

/**
 * What a step did.
 *
 * @param loss mean over the weights of all tokens, in nats
 * @param gradientNorm before clipping
 * @param weight the sum of the tokens' weights; their number where each counts 1
 * @param applied false if loss or gradient was not finite: then the weights are unchanged
 */
public record StepResult(double loss, double gradientNorm, double weight, boolean applied) {}
