package dev.wrought.core.plugin;

import dev.wrought.core.config.ConfigNode;
import dev.wrought.core.config.Place;
import dev.wrought.core.config.Position;
import dev.wrought.core.config.Problems;
import dev.wrought.core.config.RecordType;
import dev.wrought.core.config.ValueTypes;
import dev.wrought.core.config.YamlReader;
import dev.wrought.core.error.ErrorCode;
import java.util.Map;
import java.util.Optional;

/**
 * What a user wrote under a plugin's name, not yet decoded; it remembers where. Immutable; equal if
 * the same is written, wherever that stands.
 */
public final class PluginConfig {
  private final ConfigNode node;
  private final String path;

  /**
   * @param node the settings; an empty one is a plugin with its defaults
   * @param path the keys that lead there, for problems: {@code spec.optimizer.adamw}
   */
  public PluginConfig(ConfigNode node, String path) {
    this.node = empty(node) ? ConfigNode.of(Map.of(), node.position()) : node;
    this.path = path;
  }

  private static boolean empty(ConfigNode node) {
    return node.value() instanceof Optional<?>;
  }

  /** No settings: all defaults. */
  public static PluginConfig empty() {
    return of(Map.of());
  }

  /** Settings that a program made: texts, numbers, booleans, lists and maps. */
  public static PluginConfig of(Map<String, ?> values) {
    return new PluginConfig(ConfigNode.of(values, Position.in("the settings")), "");
  }

  /** The settings that decode to this record, with its defaults written out. */
  public static <R extends Record> PluginConfig of(R settings) {
    @SuppressWarnings("unchecked") // a record's class is that of its type
    RecordType<R> type = ValueTypes.PLAIN.record((Class<R>) settings.getClass());
    return new PluginConfig(ConfigNode.of(type.encode(settings), Position.in("the settings")), "");
  }

  /**
   * Settings written as YAML or JSON.
   *
   * @param origin what the text is called in problems: "--sampler-config"
   * @throws dev.wrought.core.error.WroughtException INVALID_ARGUMENT if it cannot be read
   */
  public static PluginConfig parse(String text, String origin) {
    Problems problems = new Problems();
    Optional<ConfigNode> node =
        text.isBlank()
            ? Optional.of(ConfigNode.of(Map.of(), Position.in(origin)))
            : YamlReader.read(text, origin, problems);
    problems.throwIfAny(ErrorCode.INVALID_ARGUMENT, origin);
    return new PluginConfig(node.orElseThrow(), "");
  }

  /**
   * Decodes strictly into a record whose components are the keys. Unknown keys are refused with the
   * nearest known one, absent keys take their {@link dev.wrought.core.config.Default}, bounds are
   * those of the annotations, and the record's compact constructor has the last word: its message
   * is reported too, at the component whose name it begins with.
   *
   * @throws dev.wrought.core.error.WroughtException INVALID_ARGUMENT, listing every problem with
   *     its place; {@link dev.wrought.core.config.InvalidConfig#in} gives them as data
   */
  public <R extends Record> R as(Class<R> type) {
    Problems problems = new Problems();
    Optional<R> settings = ValueTypes.PLAIN.record(type).decode(node, new Place(path, problems));
    problems.throwIfAny(ErrorCode.INVALID_ARGUMENT, path.isEmpty() ? "the configuration" : path);
    return settings.orElseThrow();
  }

  /** What was written, as maps, lists, texts, numbers and booleans. */
  public Object value() {
    return node.value();
  }

  /** Where it was written. */
  public Position position() {
    return node.position();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PluginConfig config && config.value().equals(value());
  }

  @Override
  public int hashCode() {
    return value().hashCode();
  }

  @Override
  public String toString() {
    return value().toString();
  }
}
