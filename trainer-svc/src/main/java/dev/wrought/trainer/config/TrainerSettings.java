package dev.wrought.trainer.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalInt;

/** The service's own settings. */
@ConfigMapping(prefix = "wrought.trainer")
public interface TrainerSettings {
  /** Where workers run: the name of a PodBackend plugin. */
  @WithDefault("process")
  String backend();

  /** The backend's own settings, as YAML or JSON. */
  @WithDefault("{}")
  String backendConfig();

  /** How long a worker may take to save a checkpoint and end, before it is killed. */
  @WithDefault("60s")
  Duration stopGrace();

  /** Compute threads of a worker at a run's first start; left out, one a processor. */
  OptionalInt threads();
}
