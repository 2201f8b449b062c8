package dev.wrought.core.recipe;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The recipe that shows every part of a recipe, and what becomes of it if it is edited. */
final class ExampleRecipe {
  static final String YAML = text();

  private ExampleRecipe() {}

  /** The example with some of its words replaced: pairs of what is there and what comes instead. */
  static String with(String... edits) {
    String yaml = YAML;
    for (int i = 0; i < edits.length; i += 2) {
      assertTrue(yaml.contains(edits[i]), "the example has no \"" + edits[i] + "\"");
      yaml = yaml.replace(edits[i], edits[i + 1]);
    }
    return yaml;
  }

  private static String text() {
    try (InputStream in = ExampleRecipe.class.getResourceAsStream("example.yaml")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
