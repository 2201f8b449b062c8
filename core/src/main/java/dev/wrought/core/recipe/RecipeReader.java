package dev.wrought.core.recipe;

import dev.wrought.core.config.ConfigNode;
import dev.wrought.core.config.Place;
import dev.wrought.core.config.Problems;
import dev.wrought.core.config.YamlReader;
import dev.wrought.core.error.ErrorCode;
import java.util.Optional;

/** Reads recipes strictly: all problems at once, each with file, line and column. */
public final class RecipeReader {
  private RecipeReader() {}

  /**
   * Reads a recipe, leaving its plugins' names and settings to whoever has the plugins.
   *
   * @param yaml the text
   * @param origin what problems call it: the file's name
   * @throws dev.wrought.core.error.WroughtException INVALID_RECIPE, listing all problems
   */
  public static Recipe read(String yaml, String origin) {
    return read(yaml, origin, PluginCheck.NONE);
  }

  /**
   * Reads a recipe and has its plugins checked on the way, so that their problems are told together
   * with all others.
   */
  public static Recipe read(String yaml, String origin, PluginCheck plugins) {
    Problems problems = new Problems();
    Optional<ConfigNode> document = YamlReader.read(yaml, origin, problems);
    Optional<TrainingRun> run =
        document.flatMap(node -> RecipeForm.checking(plugins).decode(node, Place.root(problems)));
    problems.throwIfAny(ErrorCode.INVALID_RECIPE, "the recipe");
    return run.orElseThrow().recipe();
  }
}
