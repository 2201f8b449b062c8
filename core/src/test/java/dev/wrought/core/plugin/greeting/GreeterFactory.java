package dev.wrought.core.plugin.greeting;

import dev.wrought.core.plugin.NamedPlugin;
import dev.wrought.core.plugin.PluginConfig;
import dev.wrought.core.plugin.PluginContext;

/** Makes something that greets. */
public interface GreeterFactory extends NamedPlugin {
  Greeter create(PluginConfig config, PluginContext context);

  /** Greets. */
  interface Greeter {
    String greet(String whom);
  }
}
