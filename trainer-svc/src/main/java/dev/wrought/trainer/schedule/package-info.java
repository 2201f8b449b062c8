/**
 * How the learning rate changes with the step: the {@code LearningRateSchedule} plugin kind and its
 * built-in providers.
 *
 * <p>Read {@link dev.wrought.trainer.schedule.LearningRateSchedule}, then {@link
 * dev.wrought.trainer.schedule.CosineSchedule}. Not here: the peak learning rate, which is the
 * optimizer's, and the planned number of steps, which is the loop's.
 *
 * <p>To extend: implement {@link dev.wrought.trainer.schedule.LearningRateScheduleFactory} in a jar
 * of its own, name it in {@code META-INF/services}, drop the jar in {@code plugins/}, and choose it
 * in a recipe: {@code schedule: {plugin: {name: mine, config: {...}}}}.
 */
@NullMarked
package dev.wrought.trainer.schedule;

import org.jspecify.annotations.NullMarked;
