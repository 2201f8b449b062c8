package dev.wrought.core.recipe;

/**
 * What somebody who has the plugins finds wrong with a choice of one: that its name is unknown, or
 * its settings.
 */
@FunctionalInterface
public interface PluginCheck {
  /** Leaves the plugins to whoever has them. */
  PluginCheck NONE = (slot, choice) -> {};

  /**
   * @throws dev.wrought.core.error.WroughtException if the choice is wrong; the reader reports it
   *     with its place, together with everything else
   */
  void check(PluginSlot slot, PluginChoice choice);
}
