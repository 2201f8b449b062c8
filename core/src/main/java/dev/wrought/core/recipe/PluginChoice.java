package dev.wrought.core.recipe;

import dev.wrought.core.plugin.PluginConfig;

/** A plugin by name with its settings: {@code {cosine: {warmupSteps: 100}}} in a recipe. */
public record PluginChoice(String name, PluginConfig config) {}
