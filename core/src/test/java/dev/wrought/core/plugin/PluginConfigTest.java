package dev.wrought.core.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.wrought.core.config.AtLeast;
import dev.wrought.core.config.Checks;
import dev.wrought.core.config.Default;
import dev.wrought.core.config.InvalidConfig;
import dev.wrought.core.config.LessThan;
import dev.wrought.core.config.MoreThan;
import dev.wrought.core.config.Problem;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PluginConfigTest {
  record Adam(
      @MoreThan(0) @Default("6e-4") double learningRate,
      @AtLeast(0) @LessThan(1) @Default("[0.9, 0.95]") List<Double> betas) {
    Adam {
      betas = List.copyOf(betas);
      Checks.of(Adam.class, learningRate, betas)
          .that(betas.size() == 2, "has " + betas.size() + " numbers; allowed: 2", "betas")
          .done();
    }
  }

  @Test
  void as_nothingWritten_isTheDefaults() {
    Adam defaults = new Adam(6e-4, List.of(0.9, 0.95));
    assertEquals(defaults, PluginConfig.empty().as(Adam.class));
    assertEquals(defaults, PluginConfig.parse("", "x").as(Adam.class));
    assertEquals(defaults, PluginConfig.parse("~", "x").as(Adam.class));
  }

  @Test
  void as_textOrMap_isTheSame() {
    PluginConfig text = PluginConfig.parse("{\"learningRate\": 1, \"betas\": [0, 0.5]}", "x");
    PluginConfig map = PluginConfig.of(Map.of("learningRate", 1, "betas", List.of(0, 0.5)));
    assertEquals(new Adam(1, List.of(0.0, 0.5)), text.as(Adam.class));
    assertEquals(map, text);
    assertEquals(map.hashCode(), text.hashCode());
    assertNotEquals(map, PluginConfig.empty());
  }

  @Test
  void of_aRecord_writesItsDefaultsOut() {
    Adam adam = PluginConfig.parse("learningRate: 1e-3", "x").as(Adam.class);
    assertEquals(
        Map.of("learningRate", 1e-3, "betas", List.of(0.9, 0.95)), PluginConfig.of(adam).value());
    assertEquals(adam, PluginConfig.of(adam).as(Adam.class));
  }

  @Test
  void as_severalProblems_areAllToldWithTheirPlaces() {
    PluginConfig config = PluginConfig.parse("learningRate: -1\nbeta: 3\nbetas: [0.9]", "--config");
    WroughtException refused = assertThrows(WroughtException.class, () -> config.as(Adam.class));
    assertEquals(ErrorCode.INVALID_ARGUMENT, refused.code());
    assertEquals(
        List.of(
            "--config:1:15: learningRate: is -1; allowed: above 0",
            "--config:2:1: beta: is no known key; did you mean \"betas\"? Allowed: learningRate,"
                + " betas",
            "--config:3:8: betas: has 1 numbers; allowed: 2"),
        InvalidConfig.in(refused).stream().map(Problem::toString).toList());
  }

  @Test
  void parse_whatIsNoYaml_isRefused() {
    WroughtException refused =
        assertThrows(WroughtException.class, () -> PluginConfig.parse("{a: ", "--config"));
    assertEquals(ErrorCode.INVALID_ARGUMENT, refused.code());
  }
}
