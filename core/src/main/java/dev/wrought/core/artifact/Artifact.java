package dev.wrought.core.artifact;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * An artifact that was found.
 *
 * @param digest 64 hex digits, the name of its folder; empty for one that was named by a path
 * @param file its main file ({@link ArtifactKind#mainFile()}), absolute
 * @param published when it was published or last written
 */
public record Artifact(
    ArtifactKind kind, String name, Optional<String> digest, Path file, Instant published) {

  /** The folder with all its files, absolute. */
  public Path folder() {
    Path parent = file.getParent();
    return parent == null ? file : parent;
  }
}
