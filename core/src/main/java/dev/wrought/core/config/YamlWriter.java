package dev.wrought.core.config;

import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.representer.StandardRepresenter;

/** Writes what {@link ValueType#encode} gives as YAML, a line a key. */
public final class YamlWriter {
  private YamlWriter() {}

  public static String write(Object encoded) {
    DumpSettings settings =
        DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setIndent(2)
            .setIndicatorIndent(2)
            .setIndentWithIndicator(true)
            .setDereferenceAliases(true)
            .setSplitLines(false)
            .build();
    return new Dump(settings, new ShortNumbers(settings)).dumpToString(encoded);
  }

  /** Writes 6.0E-4 as 6e-4. */
  private static final class ShortNumbers extends StandardRepresenter {
    ShortNumbers(DumpSettings settings) {
      super(settings);
      representers.put(
          Double.class,
          number ->
              representScalar(
                  Tag.FLOAT,
                  number.toString().replace(".0E", "E").replace('E', 'e'),
                  ScalarStyle.PLAIN));
    }
  }
}
