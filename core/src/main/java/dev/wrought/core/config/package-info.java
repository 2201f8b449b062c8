/**
 * Settings that people write, decoded into records: every problem at once, each with its place,
 * what is allowed, and the key that was probably meant.
 *
 * <p>A record is its own description: its components are the keys, its annotations ({@link
 * dev.wrought.core.config.Default}, {@link dev.wrought.core.config.AtLeast} and their neighbours)
 * their bounds and defaults. The decoder, the encoder, the JSON Schema and the record's constructor
 * ({@link dev.wrought.core.config.Checks}) all read that one description.
 *
 * <p>Read {@link dev.wrought.core.config.YamlReader} (text to a tree with places), {@link
 * dev.wrought.core.config.RecordType} (tree to record and back), then {@link
 * dev.wrought.core.config.ValueTypes} (which Java types a component may have). A new type of value
 * is a {@link dev.wrought.core.config.ValueType}; a document may bring its own. Not here: what the
 * settings mean. Plugins in jars see this package, so it changes by addition only.
 */
@NullMarked
package dev.wrought.core.config;

import org.jspecify.annotations.NullMarked;
