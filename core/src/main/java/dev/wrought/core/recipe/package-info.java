/**
 * The TrainingRun: what {@code ./wrought train} and {@code kubectl apply} read, as records.
 *
 * <p>Read {@link dev.wrought.core.recipe.RecipeSpec} from the top; every part is a record of its
 * own, which is also the part's description: keys, defaults, bounds. Optimizers, schedules and
 * objectives are plugins ({@link dev.wrought.core.recipe.PluginChoice}): their settings are decoded
 * by whoever has them. A new field is optional, with a {@code @Default} that keeps old recipes'
 * meaning.
 */
@NullMarked
package dev.wrought.core.recipe;

import org.jspecify.annotations.NullMarked;
