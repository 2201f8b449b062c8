package dev.wrought.core.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A recipe's JSON Schema (draft 2020-12), for editors and for the Kubernetes resource: made from
 * the records that the reader decodes into. What has to do with several values at once, as that
 * heads divide width, only the reader knows.
 */
public final class RecipeSchema {
  private static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";
  private static final String ID = "https://wrought.dev/schema/training-run/v1alpha1.json";

  private RecipeSchema() {}

  /** The schema, open where plugins are chosen. */
  public static String json() {
    return json(Map.of());
  }

  /**
   * The schema with the settings of the built-in plugins.
   *
   * @param plugins the records that their settings are decoded into, by slot and name
   */
  public static String json(Map<PluginSlot, Map<String, Class<? extends Record>>> plugins) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", DRAFT);
    schema.put("$id", ID);
    schema.put("title", TrainingRun.KIND);
    schema.putAll(RecipeForm.knowing(plugins).schema());
    try {
      return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(schema) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a schema of maps, lists and texts cannot fail to print", e);
    }
  }
}
