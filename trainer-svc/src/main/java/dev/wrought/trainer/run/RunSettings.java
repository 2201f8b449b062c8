package dev.wrought.trainer.run;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How runs are kept on this machine.
 *
 * @param home {@code $WROUGHT_HOME}
 * @param plugins where dropped-in jars lie
 * @param threads compute threads of a worker; 0: as many as there are processors
 * @param stopGrace how long a worker may take to save and end before it is killed
 * @param poll how often a worker and its events are looked at
 */
public record RunSettings(Path home, Path plugins, int threads, Duration stopGrace, Duration poll) {
  public RunSettings {
    home = home.toAbsolutePath().normalize();
    plugins = plugins.toAbsolutePath().normalize();
  }
}
