package dev.wrought.core.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrought.core.config.Default;
import dev.wrought.core.config.MoreThan;
import dev.wrought.core.config.Problems;
import dev.wrought.core.config.YamlReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipeSchemaTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void schema_ofTheExample_holds() throws Exception {
    assertEquals(List.of(), complaints(RecipeSchema.json(), ExampleRecipe.YAML));
  }

  /** Renewed with {@code ./mvnw -pl core test -Dwrought.schema.accept=true}. */
  @Test
  void schema_committedForEditors_isTodays() throws Exception {
    Path committed =
        Path.of(System.getProperty("wrought.root", ".."), "docs", "recipe.schema.json");
    if (Boolean.getBoolean("wrought.schema.accept")) {
      Files.writeString(committed, RecipeSchema.json());
    }
    assertEquals(
        JSON.readTree(RecipeSchema.json()), // the order of some keys is chance
        JSON.readTree(Files.readString(committed)),
        "renew it with -Dwrought.schema.accept=true");
  }

  @Test
  void schema_ofTheResolvedExample_holds() throws Exception {
    String resolved = RecipeReader.read(ExampleRecipe.YAML, "r").toYaml();
    assertEquals(List.of(), complaints(RecipeSchema.json(), resolved));
  }

  @Test
  void schema_itself_namesItsDraftAndDocumentsEveryKey() throws Exception {
    JsonNode schema = JSON.readTree(RecipeSchema.json());
    assertEquals("https://json-schema.org/draft/2020-12/schema", schema.path("$schema").asText());
    for (var property : schema.at("/properties/spec/properties").properties()) {
      assertFalse(property.getValue().path("description").asText().isEmpty(), property.getKey());
    }
    assertEquals("auto", schema.at("/properties/spec/properties/precision/default").asText());
  }

  /** What the reader refuses in one value, the schema refuses too, at the same place. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          layers: 6         | layrs: 6             | $.spec.model: additionalProperties
          layers: 6         | layers: 0            | $.spec.model.layers: minimum
          weight: 1.0       | weight: 0            | $.spec.data.mixture[0].weight: exclusiveMinimum
          dataset: jdk      | dataset: ../jdk      | $.spec.data.mixture[0].dataset: pattern
          tokens: 16384     | tokens: lots         | $.spec.batch.tokens: pattern
          tokens: 20M       | tokens: 20M, steps: 5 | $.spec.duration: oneOf
          tokens: 20M       | time: 5 minutes      | $.spec.duration.time: pattern
          tokens: 20M       | chinchila: 1         | $.spec.duration: additionalProperties
          precision: bf16   | precision: fp8       | $.spec.precision: enum
          gradientClip: 1.0 | gradientClip: -1     | $.spec.gradientClip: minimum
          seed: 1           | seed: one            | $.spec.seed: type
          spike: rewind-and-skip | spike: ignore   | $.spec.guard.spike: enum
          suspend: false    | suspend: no          | $.spec.suspend: type
          name: jdk-small   | name: Jdk            | $.metadata.name: pattern
          kind: TrainingRun | kind: Job            | $.kind: pattern
          causal: {}        | causal: {}, x: {}    | $.spec.objective.mixture[0]: maxProperties
          tokenizer: jdk-8k | seed2: 3             | $.spec: required
          """)
  void schema_ofAnImpossibleRecipe_doesNotHold(String there, String instead, String complaint)
      throws Exception {
    List<String> complaints = complaints(RecipeSchema.json(), ExampleRecipe.with(there, instead));
    assertTrue(
        complaints.stream().anyMatch(each -> each.startsWith(complaint)), complaints::toString);
  }

  record Adam(@MoreThan(0) @Default("6e-4") double learningRate) {}

  @Test
  void schema_withTheBuiltInPlugins_isTypedForThem() throws Exception {
    String schema = RecipeSchema.json(Map.of(PluginSlot.OPTIMIZER, Map.of("adamw", Adam.class)));
    String good = ExampleRecipe.with(", betas: [0.9, 0.95], weightDecay: 0.1", "");
    assertEquals(List.of(), complaints(schema, good));
    assertEquals(
        List.of("$.spec.optimizer.adamw.learningRate: exclusiveMinimum 0"),
        complaints(schema, good.replace("6e-4", "-1")));
    assertTrue(complaints(schema, good.replace("adamw", "lion")).toString().contains("oneOf"));
    assertEquals(
        List.of(),
        complaints(
            schema,
            good.replace("{adamw:", "{plugin: {name: lion, config:").replace("6e-4}}", "6e-4}}}")));
  }

  private static List<String> complaints(String schema, String yaml)
      throws JsonProcessingException {
    Object document = YamlReader.read(yaml, "r", new Problems()).orElseThrow().value();
    return SchemaCheck.complaints(JSON.readTree(schema), JSON.valueToTree(document));
  }
}
