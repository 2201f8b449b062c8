/**
 * Wiring: {@link dev.wrought.eval.config.Wiring} makes the objects of the rooms that know nothing
 * of the framework, and starts and ends what runs on its own.
 */
@NullMarked
package dev.wrought.eval.config;

import org.jspecify.annotations.NullMarked;
