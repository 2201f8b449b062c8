package dev.wrought.tokenizer.encoding;

import dev.wrought.core.artifact.Artifact;
import dev.wrought.core.artifact.ArtifactKind;
import dev.wrought.core.artifact.Artifacts;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.tokenizer.Tokenizer;
import dev.wrought.core.tokenizer.TokenizerFile;
import dev.wrought.edge.call.OwnThread;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The tokenizers last used, each read once. A file that is written anew is read anew. Who wants one
 * that is known already never waits for others; files are read one after the other, since reading
 * takes several times a file's size. Thread-safe.
 */
public final class LoadedTokenizers {
  private static final System.Logger LOG = System.getLogger(LoadedTokenizers.class.getName());

  /** Tokens of all that are kept: about 250 bytes each, a quarter of the service's heap. */
  private static final int MOST_TOKENS = 500_000;

  /** Who holds this reads a file. */
  private final Object reader = new Object();

  private record Version(Path file, Instant written) {}

  private final Artifacts artifacts;

  /** In the order of last use. */
  private final Map<Version, CompletableFuture<Tokenizer>> loaded =
      new LinkedHashMap<>(16, 0.75f, true);

  public LoadedTokenizers(Artifacts artifacts) {
    this.artifacts = artifacts;
  }

  /**
   * Finds a tokenizer's file.
   *
   * @param reference name, name@digest, or the absolute path of a file of any known format or of a
   *     folder with one
   * @throws WroughtException NOT_FOUND, which lists the nearest names; INVALID_ARGUMENT
   */
  public Artifact find(String reference) {
    try {
      Optional<Path> within =
          reference.startsWith("/") && Files.isDirectory(Path.of(reference))
              ? TokenizerFile.within(Path.of(reference))
              : Optional.empty();
      return artifacts.resolve(
          ArtifactKind.TOKENIZER, within.map(Path::toString).orElse(reference));
    } catch (InvalidPathException wrong) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT, "the tokenizer's path is none: " + wrong.getReason(), wrong);
    }
  }

  /** The tokenizer that a reference as in {@link #find} means. */
  public Tokenizer named(String reference) {
    return at(find(reference));
  }

  /** The tokenizer in a file that was found. */
  public Tokenizer at(Artifact artifact) {
    Version version = new Version(artifact.file(), artifact.published());
    CompletableFuture<Tokenizer> reading = new CompletableFuture<>();
    CompletableFuture<Tokenizer> known;
    synchronized (loaded) {
      known = loaded.putIfAbsent(version, reading);
    }
    if (known == null) {
      read(version, reading);
    }
    try {
      return (known == null ? reading : known).join();
    } catch (CompletionException failure) {
      throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
    }
  }

  private void read(Version version, CompletableFuture<Tokenizer> reading) {
    try {
      synchronized (reader) {
        reading.complete(
            OwnThread.call("tokenizer-reader", () -> TokenizerFile.read(version.file())));
      }
      forgetOldest();
    } catch (RuntimeException failure) {
      synchronized (loaded) {
        loaded.remove(version);
      }
      reading.completeExceptionally(failure);
    }
  }

  private void forgetOldest() {
    synchronized (loaded) {
      while (loaded.size() > 1 && tokens() > MOST_TOKENS) {
        loaded.remove(loaded.keySet().iterator().next());
      }
    }
  }

  private int tokens() {
    return loaded.values().stream()
        .filter(each -> each.state() == CompletableFuture.State.SUCCESS)
        .mapToInt(each -> each.resultNow().vocabularySize())
        .sum();
  }

  /** For lists: a damaged one is logged. */
  public Optional<Tokenizer> intact(Artifact artifact) {
    try {
      return Optional.of(at(artifact));
    } catch (WroughtException damaged) {
      LOG.log(Level.WARNING, "Left out of the list: {0}", damaged.getMessage());
      return Optional.empty();
    }
  }
}
