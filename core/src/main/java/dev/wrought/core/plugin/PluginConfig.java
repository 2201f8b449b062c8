package dev.wrought.core.plugin;

/** What a user wrote under a plugin's name, not yet decoded. Immutable. */
public interface PluginConfig {
  /**
   * Decodes strictly into a record whose components are the keys. Unknown keys are refused with the
   * nearest known one, absent keys take their {@link dev.wrought.core.config.Default}, and the
   * record's compact constructor has the last word.
   *
   * @throws dev.wrought.core.error.WroughtException listing every problem with its place
   */
  <R extends Record> R as(Class<R> type);
}
