package dev.wrought.serving.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalInt;

/** The service's own settings. {@link Wiring} checks their ranges. */
@ConfigMapping(prefix = "wrought.serving")
public interface ServingSettings {
  /** Threads that compute; left out, one a processor. */
  OptionalInt threads();

  /** How many models are loaded at once. */
  @WithDefault("2")
  int models();

  /** How many requests a model answers at once. */
  @WithDefault("16")
  int requests();

  /** How many more may wait; further ones are refused. */
  @WithDefault("64")
  int queue();

  /** How long a client may leave its stream unread before it is given up. */
  @WithDefault("60S")
  Duration readerPatience();
}
