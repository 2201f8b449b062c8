package dev.wrought.core.recipe;

import dev.wrought.core.config.RecordType;
import dev.wrought.core.config.ValueType;
import dev.wrought.core.config.ValueTypes;
import java.lang.reflect.AnnotatedElement;
import java.util.Map;
import java.util.function.Function;

/** The one description of a recipe, from which it is read, written, and its schema made. */
final class RecipeForm {
  private RecipeForm() {}

  /** For reading and writing. */
  static RecordType<TrainingRun> checking(PluginCheck plugins) {
    return of(slot -> new PluginChoiceType(slot, plugins, Map.of()));
  }

  /** For the schema: with the settings of the plugins that are built in. */
  static RecordType<TrainingRun> knowing(
      Map<PluginSlot, Map<String, Class<? extends Record>>> plugins) {
    return of(
        slot -> new PluginChoiceType(slot, PluginCheck.NONE, plugins.getOrDefault(slot, Map.of())));
  }

  private static RecordType<TrainingRun> of(Function<PluginSlot, ValueType<?>> choice) {
    Function<AnnotatedElement, ValueType<?>> ofComponent =
        component -> choice.apply(component.getAnnotation(Slot.class).value());
    return new ValueTypes(Map.of(PluginChoice.class, ofComponent)).record(TrainingRun.class);
  }
}
