/**
 * What a model learns to predict: the {@code Objective} plugin kind and its built-in providers.
 *
 * <p>Read {@link dev.wrought.trainer.objective.Objective}, then {@link
 * dev.wrought.trainer.objective.CausalObjective}. Not here: which tokens are read when (loader),
 * and the loss itself, which is always cross-entropy on the targets (torch).
 *
 * <p>To extend: implement {@link dev.wrought.trainer.objective.ObjectiveFactory} in a jar of its
 * own, name it in {@code META-INF/services}, drop the jar in {@code plugins/}, and choose it in a
 * recipe: {@code objective: {mixture: [{weight: 1, plugin: {name: mine, config: {...}}}]}}.
 */
@NullMarked
package dev.wrought.trainer.objective;

import org.jspecify.annotations.NullMarked;
