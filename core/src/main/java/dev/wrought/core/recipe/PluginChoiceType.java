package dev.wrought.core.recipe;

import dev.wrought.core.config.ConfigNode;
import dev.wrought.core.config.ConfigNode.Mapping;
import dev.wrought.core.config.Default;
import dev.wrought.core.config.Doc;
import dev.wrought.core.config.InvalidConfig;
import dev.wrought.core.config.Matches;
import dev.wrought.core.config.Place;
import dev.wrought.core.config.Position;
import dev.wrought.core.config.Problem;
import dev.wrought.core.config.RecordType;
import dev.wrought.core.config.Schemas;
import dev.wrought.core.config.ValueType;
import dev.wrought.core.config.ValueTypes;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.plugin.PluginConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A plugin with its settings, {@code {cosine: {...}}}; or, of a dropped-in one, {@code {plugin:
 * {name: mine, config: {...}}}}, so that the schema can list the built-in ones.
 *
 * @param known the built-in ones' settings by name, for the schema; if none are given, it is open
 */
record PluginChoiceType(
    PluginSlot slot, PluginCheck check, Map<String, Class<? extends Record>> known)
    implements ValueType<PluginChoice> {
  private static final String DROPPED_IN_KEY = "plugin";
  private static final RecordType<DroppedIn> DROPPED_IN = ValueTypes.PLAIN.record(DroppedIn.class);

  /** What stands under the key {@code plugin}. */
  record DroppedIn(
      @Doc("The plugin's name.")
          @Matches(value = "[a-z][a-z0-9.-]*", words = "lower-case letters, digits, dots, hyphens")
          String name,
      @Doc("Its settings, which the plugin itself checks.") @Default("{}") ConfigNode config) {}

  @Override
  public Optional<PluginChoice> decode(ConfigNode node, Place place) {
    if (!(node instanceof Mapping mapping)) {
      String example = node.value() instanceof String word ? word : "name";
      place.report(
          node.position(),
          "is %s; allowed: one plugin with its settings, as {%s: {}}"
              .formatted(node.words(), example));
      return Optional.empty();
    }
    if (mapping.entries().size() != 1) {
      String keys = String.join(", ", mapping.entries().keySet());
      place.report(
          mapping.position(),
          "has %s; allowed: exactly one plugin, as {name: {}}"
              .formatted(keys.isEmpty() ? "no plugin" : "the plugins " + keys));
      return Optional.empty();
    }
    String key = mapping.entries().firstEntry().getKey();
    Mapping.Entry entry = mapping.entries().firstEntry().getValue();
    return key.equals(DROPPED_IN_KEY)
        ? droppedIn(entry, place.key(key))
        : builtIn(key, entry, place.key(key));
  }

  private Optional<PluginChoice> builtIn(String name, Mapping.Entry entry, Place place) {
    ConfigNode config = entry.value();
    if (!(config instanceof Mapping) && !(config.value() instanceof Optional<?>)) {
      place.report(config.position(), "is " + config.words() + "; allowed: settings, as {}");
      return Optional.empty();
    }
    PluginConfig settings = new PluginConfig(config, place.path());
    return checked(new PluginChoice(name, settings, false), entry.key(), place);
  }

  private Optional<PluginChoice> droppedIn(Mapping.Entry entry, Place place) {
    return DROPPED_IN
        .decode(entry.value(), place)
        .flatMap(plugin -> {
          PluginConfig settings = new PluginConfig(plugin.config(), place.key("config").path());
          return checked(new PluginChoice(plugin.name(), settings, true), entry.key(), place);
        });
  }

  private Optional<PluginChoice> checked(PluginChoice choice, Position position, Place place) {
    try {
      check.check(slot, choice);
    } catch (WroughtException wrong) {
      List<Problem> problems = InvalidConfig.in(wrong);
      problems.forEach(place.problems()::add);
      if (problems.isEmpty()) {
        place.report(position, String.valueOf(wrong.getMessage()));
      }
    }
    return Optional.of(choice);
  }

  @Override
  public Object encode(PluginChoice choice) {
    Object settings = choice.config().value();
    if (!choice.droppedIn()) {
      return Map.of(choice.name(), settings);
    }
    Map<String, Object> plugin = new LinkedHashMap<>();
    plugin.put("name", choice.name());
    plugin.put("config", settings);
    return Map.of(DROPPED_IN_KEY, plugin);
  }

  @Override
  public Map<String, Object> schema() {
    Map<String, Object> properties = new TreeMap<>();
    known.forEach((name, type) -> properties.put(name, ValueTypes.PLAIN.record(type).schema()));
    properties.put(DROPPED_IN_KEY, DROPPED_IN.schema());
    return known.isEmpty()
        ? openSchema(properties)
        : Schemas.object(
            properties,
            "oneOf",
            properties.keySet().stream().map(key -> Map.of("required", List.of(key))).toList());
  }

  private static Map<String, Object> openSchema(Map<String, Object> properties) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("properties", properties);
    schema.put("minProperties", 1);
    schema.put("maxProperties", 1);
    schema.put("additionalProperties", Map.of("type", List.of("object", "null")));
    return schema;
  }
}
