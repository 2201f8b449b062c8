package dev.wrought.tokenizer.corpus;

import dev.wrought.core.config.ConfigNode;
import dev.wrought.core.config.Problems;
import dev.wrought.core.config.YamlReader;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.plugin.PluginConfig;
import java.util.Map;
import java.util.Optional;

/**
 * A filter as it was asked for: its name, or a YAML mapping of its name to its settings, as in
 * {@code length: {minWords: 20}}.
 *
 * @param settings of the filter's own record
 */
record FilterSpec(String name, PluginConfig settings) {
  /**
   * @throws WroughtException INVALID_ARGUMENT for what is neither
   */
  static FilterSpec parse(String text) {
    Problems problems = new Problems();
    Optional<ConfigNode> node = YamlReader.read(text, "filter", problems);
    problems.throwIfAny(ErrorCode.INVALID_ARGUMENT, "the filter '" + text + "'");
    return switch (node.orElseThrow()) {
      case ConfigNode.Scalar name -> new FilterSpec(name.text(), PluginConfig.empty());
      case ConfigNode.Mapping mapping when mapping.entries().size() == 1 -> {
        Map.Entry<String, ConfigNode.Mapping.Entry> only = mapping.entries().firstEntry();
        yield new FilterSpec(
            only.getKey(), new PluginConfig(only.getValue().value(), only.getKey()));
      }
      case ConfigNode other ->
          throw new WroughtException(
              ErrorCode.INVALID_ARGUMENT,
              "a filter is a name, or one name with its settings as in 'length: {minWords: 20}'; '%s' is %s"
                  .formatted(text, other.words()));
    };
  }
}
