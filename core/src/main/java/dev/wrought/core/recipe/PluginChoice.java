package dev.wrought.core.recipe;

import dev.wrought.core.plugin.PluginConfig;

/**
 * A plugin by name with its settings: {@code {cosine: {warmupSteps: 100}}} in a recipe.
 *
 * @param droppedIn whether it was written {@code {plugin: {name: mine, config: {}}}}, as one that
 *     comes in a jar of its own has to be on Kubernetes
 */
public record PluginChoice(String name, PluginConfig config, boolean droppedIn) {
  /** A built-in one. */
  public PluginChoice(String name, PluginConfig config) {
    this(name, config, false);
  }
}
