/**
 * Plugins: one interface a kind, found by {@link java.util.ServiceLoader} in the host's own jar and
 * in jars dropped into {@code plugins/}.
 *
 * <p>Read {@link dev.wrought.core.plugin.NamedPlugin}, then {@link
 * dev.wrought.core.plugin.PluginRegistry}. The kinds themselves are not here but in the rooms of
 * their concepts.
 */
@NullMarked
package dev.wrought.core.plugin;

import org.jspecify.annotations.NullMarked;
