/**
 * Settings that people write, decoded into records: every problem at once, each with its place,
 * what is allowed, and the key that was probably meant.
 *
 * <p>A record is its own description: its components are the keys, its annotations ({@link
 * dev.wrought.core.config.Default}, {@link dev.wrought.core.config.AtLeast} and their neighbours)
 * their bounds and defaults. The decoder, the encoder, the JSON Schema and the record's constructor
 * ({@link dev.wrought.core.config.Checks}) all read that one description.
 */
@NullMarked
package dev.wrought.core.config;

import org.jspecify.annotations.NullMarked;
