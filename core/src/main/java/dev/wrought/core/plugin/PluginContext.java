package dev.wrought.core.plugin;

import java.nio.file.Path;
import java.time.Clock;

/**
 * What a plugin may use of its host.
 *
 * @param clock the time; never asked of the system
 * @param home {@code $WROUGHT_HOME}, absolute; a plugin keeps its files in {@code plugin-data/NAME}
 *     of it
 */
public record PluginContext(Clock clock, Path home) {
  public PluginContext {
    home = home.toAbsolutePath();
  }

  /** The system's clock. */
  public static PluginContext of(Path home) {
    return new PluginContext(Clock.systemUTC(), home);
  }
}
