package dev.wrought.core.recipe;

/** The kinds of plugin that a recipe chooses. */
public enum PluginSlot {
  OBJECTIVE,
  OPTIMIZER,
  SCHEDULE
}
