package org.example.sampler;

import dev.wrought.core.config.AtLeast;
import dev.wrought.core.config.AtMost;
import dev.wrought.core.config.Checks;
import dev.wrought.core.config.Default;
import dev.wrought.core.config.Doc;
import dev.wrought.core.config.MoreThan;

/** What a user may write after {@code --sampler-config}: the components are the keys. */
public record MineSettings(
    @Doc("A token is left out if it is less probable than this share of the likeliest one.")
        @AtLeast(0)
        @AtMost(1)
        @Default("0.1")
        double minP,
    @Doc("What logits are divided by: below 1 bolder, above 1 more varied.")
        @MoreThan(0)
        @AtMost(10)
        @Default("1")
        double temperature) {
  public MineSettings {
    Checks.of(MineSettings.class, minP, temperature).done();
  }
}
