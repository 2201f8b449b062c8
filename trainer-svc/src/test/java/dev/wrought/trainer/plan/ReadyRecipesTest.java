package dev.wrought.trainer.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wrought.core.error.WroughtException;
import dev.wrought.core.plugin.PluginContext;
import dev.wrought.trainer.TinyHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipes that come with Wrought can be carried out, down to their plugins' settings. */
final class ReadyRecipesTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("wrought.root", "..")).resolve("recipes");

  @TempDir static Path home;

  @BeforeAll
  static void makeHome() throws IOException {
    assumeTrue(Files.isDirectory(FOLDER), "there are no recipes in " + FOLDER);
    TinyHome.make(home);
  }

  @Test
  void everyReadyRecipe_isPlanned_andItsResolvedFormAlike() throws IOException {
    List<Path> recipes = recipes();
    assertFalse(recipes.isEmpty());
    for (Path file : recipes) {
      Plan plan = plan(onTinyData(file));
      assertEquals(plan.recipe(), plan(plan.recipe().toYaml()).recipe(), file.toString());
      assertTrue(
          plan.warnings().stream().noneMatch(warning -> warning.contains("not built yet")),
          () -> file + ": " + plan.warnings());
    }
  }

  /** A reader without plugins would let this pass. */
  @Test
  void readyRecipe_wrongKeyOfItsOptimizer_isRefused() throws IOException {
    String demo = onTinyData(FOLDER.resolve("demo.yaml"));
    String misspelt = demo.replace("muon: {learningRate:", "muon: {learninRate:");
    assertFalse(misspelt.equals(demo));
    WroughtException refused = assertThrows(WroughtException.class, () -> plan(misspelt));
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.contains("did you mean \"learningRate\""), message);
  }

  /** The recipe as the file says, but for its data. */
  private static String onTinyData(Path file) throws IOException {
    return Files.readString(file)
        .replaceAll("(?m)^  tokenizer: \\S+", "  tokenizer: tiny")
        .replaceAll("dataset: [a-z0-9.-]+", "dataset: tiny");
  }

  private static Plan plan(String recipe) {
    return new Planner(home, new RecipePlugins(home.resolve("plugins"), PluginContext.of(home)))
        .plan(recipe, "recipe.yaml");
  }

  private static List<Path> recipes() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }
}
