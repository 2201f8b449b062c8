package dev.wrought.core.plugin;

import dev.wrought.core.plugin.greeting.GreeterFactory;
import dev.wrought.core.plugin.greeting.PoliteGreeter;
import java.nio.file.Path;

/** The contract holds of a plugin as it is written in docs/plugins.md. */
class PoliteGreeterTest extends PluginContract<GreeterFactory> {
  @Override
  protected Class<GreeterFactory> kind() {
    return GreeterFactory.class;
  }

  @Override
  protected GreeterFactory plugin() {
    return new PoliteGreeter();
  }

  @Override
  protected Object create(GreeterFactory plugin, PluginConfig config) {
    return plugin.create(config, PluginContext.of(Path.of("target")));
  }
}
