package dev.wrought.tokenizer.grpc;

import dev.wrought.core.artifact.Artifact;
import dev.wrought.core.artifact.ArtifactKind;
import dev.wrought.core.artifact.Artifacts;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.tokenizer.Tokenizer;
import dev.wrought.core.tokenizer.TokenizerJson;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The tokenizers last used, read once. A file that is written anew is read anew. Thread-safe. */
final class LoadedTokenizers {
  private static final Logger LOG = Logger.getLogger(LoadedTokenizers.class);
  private static final int KEPT = 8;

  private record Version(Path file, Instant written) {}

  private final Artifacts artifacts;

  /** In the order of last use. */
  private final Map<Version, Tokenizer> loaded = new LinkedHashMap<>(16, 0.75f, true);

  LoadedTokenizers(Artifacts artifacts) {
    this.artifacts = artifacts;
  }

  /**
   * @param reference name, name@digest or absolute path
   */
  Tokenizer named(String reference) {
    return at(artifacts.resolve(ArtifactKind.TOKENIZER, reference));
  }

  synchronized Tokenizer at(Artifact artifact) {
    Version version = new Version(artifact.file(), artifact.published());
    Tokenizer known = loaded.get(version);
    if (known != null) {
      return known;
    }
    Tokenizer read = TokenizerJson.read(artifact.file());
    loaded.put(version, read);
    if (loaded.size() > KEPT) {
      loaded.remove(loaded.keySet().iterator().next());
    }
    return read;
  }

  /** For lists: a damaged one is logged. */
  Optional<Tokenizer> intact(Artifact artifact) {
    try {
      return Optional.of(at(artifact));
    } catch (WroughtException damaged) {
      LOG.warnf("Left out of the list: %s", damaged.getMessage());
      return Optional.empty();
    }
  }
}
