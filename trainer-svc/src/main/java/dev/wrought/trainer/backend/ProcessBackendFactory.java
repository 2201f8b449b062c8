package dev.wrought.trainer.backend;

import dev.wrought.core.config.Default;
import dev.wrought.core.config.Doc;
import dev.wrought.core.plugin.PluginConfig;
import dev.wrought.core.plugin.PluginContext;
import java.util.List;

/** {@code process}: see {@link ProcessBackend}. */
public final class ProcessBackendFactory implements PodBackendFactory {

  /** The settings. */
  public record Config(
      @Doc("Options of the worker's JVM, besides what it always gets.") @Default("[]")
          List<String> jvmOptions) {
    public Config {
      jvmOptions = List.copyOf(jvmOptions);
    }
  }

  @Override
  public String name() {
    return "process";
  }

  @Override
  public PodBackend create(PluginConfig config, PluginContext context) {
    return new ProcessBackend(config.as(Config.class).jvmOptions());
  }
}
