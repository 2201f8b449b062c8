package dev.wrought.core.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The recipes that come with Wrought can be read. */
class ReadyRecipesTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("wrought.root", "..")).resolve("recipes");

  @Test
  void everyReadyRecipe_isRead_andReadsBackEqual() throws IOException {
    assumeTrue(Files.isDirectory(FOLDER), "there are no recipes in " + FOLDER);
    for (Path file : recipes()) {
      Recipe recipe = RecipeReader.read(Files.readString(file), file.getFileName().toString());
      assertEquals(recipe, RecipeReader.read(recipe.toYaml(), "resolved"), file.toString());
    }
  }

  private static List<Path> recipes() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }
}
