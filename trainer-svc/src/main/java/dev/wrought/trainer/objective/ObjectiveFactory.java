package dev.wrought.trainer.objective;

import dev.wrought.core.plugin.NamedPlugin;
import dev.wrought.core.plugin.PluginConfig;
import dev.wrought.core.plugin.PluginContext;
import dev.wrought.core.plugin.Spi;
import dev.wrought.core.tokenizer.Tokenizer;
import java.util.Set;

/** A kind of objective that a recipe can choose by name. */
public interface ObjectiveFactory extends NamedPlugin {
  /** What a dropped-in objective sees of its host: the tokenizer's interface besides its own. */
  static Spi<ObjectiveFactory> spi() {
    return new Spi<>(ObjectiveFactory.class, Spi.VERSION, Set.of(Tokenizer.class.getPackageName()));
  }

  /** The record that its settings decode to: a recipe is checked before there is a tokenizer. */
  Class<? extends Record> settings();

  /**
   * Makes an objective.
   *
   * @param tokenizer the run's own, for the ids of special tokens
   * @throws dev.wrought.core.error.WroughtException listing every problem of the settings, or
   *     naming the special token that the tokenizer lacks
   */
  Objective create(PluginConfig config, Tokenizer tokenizer, PluginContext context);
}
