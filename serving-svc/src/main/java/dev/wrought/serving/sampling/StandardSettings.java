package dev.wrought.serving.sampling;

import dev.wrought.core.config.AtLeast;
import dev.wrought.core.config.AtMost;
import dev.wrought.core.config.Checks;
import dev.wrought.core.config.Default;
import dev.wrought.core.config.MoreThan;

/**
 * What the standard sampler is asked to do.
 *
 * @param temperature what logits are divided by; 0 takes the likeliest token always
 * @param topK only this many likeliest tokens can be chosen; 0: all
 * @param topP only the likeliest tokens that together have this probability can be chosen; 1: all
 */
public record StandardSettings(
    @Default("1") @AtLeast(0) @AtMost(2) double temperature,
    @Default("0") @AtLeast(0) int topK,
    @Default("1") @MoreThan(0) @AtMost(1) double topP) {

  public StandardSettings {
    Checks.of(StandardSettings.class, temperature, topK, topP).done();
  }
}
