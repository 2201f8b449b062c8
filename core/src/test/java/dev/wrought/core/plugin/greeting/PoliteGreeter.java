package dev.wrought.core.plugin.greeting;

import dev.wrought.core.config.Default;
import dev.wrought.core.plugin.PluginConfig;
import dev.wrought.core.plugin.PluginContext;

/** The built-in one. */
public final class PoliteGreeter implements GreeterFactory {
  record Config(@Default("Dear") String word) {}

  @Override
  public String name() {
    return "polite";
  }

  @Override
  public Greeter create(PluginConfig config, PluginContext context) {
    Config settings = config.as(Config.class);
    return whom -> settings.word() + " " + whom;
  }
}
