package dev.wrought.core.plugin;

/**
 * Something that can be chosen by name. Every kind of plugin is an interface that extends this one,
 * in the room of its concept: {@code interface SamplerFactory extends NamedPlugin}.
 */
public interface NamedPlugin {
  /** The name that a recipe or flag uses: {@code [a-z][a-z0-9-]*}; a preset's may hold dots. */
  String name();
}
