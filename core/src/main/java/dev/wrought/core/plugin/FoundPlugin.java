package dev.wrought.core.plugin;

/**
 * A plugin and where it came from.
 *
 * @param place for people: the jar's path, or the host's own
 */
record FoundPlugin<F extends NamedPlugin>(F plugin, String place) {}
