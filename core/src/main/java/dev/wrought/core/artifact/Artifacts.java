package dev.wrought.core.artifact;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.Nearest;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The tokenizers and datasets under one home folder.
 *
 * <p>Publishing is atomic and idempotent: a staged folder is forced to the disk and renamed to its
 * digest, then the name's {@code current} file is replaced. Equal content published twice is stored
 * once; what was damaged meanwhile is replaced by it. A crash leaves a {@code .tmp-} folder, which
 * nothing reads.
 *
 * <p>Safe for use by many threads and by several processes on one home.
 */
public final class Artifacts {
  private static final System.Logger LOG = System.getLogger(Artifacts.class.getName());
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9.-]{0,62}");
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern DIGEST_PREFIX = Pattern.compile("[0-9a-f]{8,64}");
  private static final String CURRENT = "current";

  /** How many digests a message names. */
  private static final int NAMED = 10;

  private final Path home;

  public Artifacts(Path home) {
    this.home = home.toAbsolutePath().normalize();
  }

  /** Checks a name that somebody chose. @throws WroughtException INVALID_ARGUMENT */
  public static String checkName(ArtifactKind kind, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT,
          "a "
              + kind.label()
              + " cannot be called '"
              + name
              + "': a name is at most 63 of a-z, 0-9, '-' and '.', and starts with a letter");
    }
    return name;
  }

  /** An empty folder to fill and then to publish, or to delete where that fails. */
  public Path stage(ArtifactKind kind) {
    try {
      Path all = Files.createDirectories(home.resolve(kind.folder()));
      return Files.createDirectory(all.resolve(DurableFiles.temporaryName()));
    } catch (IOException failure) {
      throw storage("cannot make a folder for a new " + kind.label(), failure);
    }
  }

  /** Deletes a staged folder, if it was not published. A failure to do so is logged only. */
  public void discard(Path staged) {
    try {
      DurableFiles.deleteFolder(staged);
    } catch (IOException failure) {
      LOG.log(Level.WARNING, "cannot delete " + staged + ", which is not needed any more", failure);
    }
  }

  /** Deletes what publications that were killed before this have left. */
  public void discardAbandoned(ArtifactKind kind, Instant before) {
    Path all = home.resolve(kind.folder());
    entries(all)
        .filter(DurableFiles::isTemporary)
        .map(all::resolve)
        .filter(folder -> modified(folder).isBefore(before))
        .forEach(this::discard);
  }

  /**
   * Makes a staged folder an artifact and lets the name mean it from now on.
   *
   * @param staged a folder of {@link #stage}, complete; gone afterwards
   */
  public Artifact publish(ArtifactKind kind, String name, String digest, Path staged) {
    checkName(kind, name);
    if (!DIGEST.matcher(digest).matches()) {
      throw new IllegalArgumentException("not a SHA-256 digest: " + digest);
    }
    Path named = home.resolve(kind.folder()).resolve(name);
    Path target = named.resolve(digest);
    try {
      Files.createDirectories(named);
      DurableFiles.forceAll(staged);
      if (Files.exists(target)) {
        mend(target, kind, staged);
        DurableFiles.deleteFolder(staged);
      } else {
        DurableFiles.move(staged, target);
      }
      DurableFiles.write(named.resolve(CURRENT), (digest + "\n").getBytes(StandardCharsets.UTF_8));
      DurableFiles.forceFolder(home.resolve(kind.folder()));
      return found(kind, name, target);
    } catch (IOException failure) {
      throw storage("cannot publish the " + kind.label() + " '" + name + "'", failure);
    }
  }

  /**
   * Puts each staged file in the place of one that is missing or differs, the main file last: the
   * artifact is there all the while, and whoever has an old file open goes on reading that.
   */
  private static void mend(Path target, ArtifactKind kind, Path staged) throws IOException {
    List<String> names = new ArrayList<>(entries(staged).toList());
    names.sort(Comparator.comparing(kind.mainFile()::equals));
    for (String name : names) {
      Path kept = target.resolve(name);
      if (!Files.exists(kept) || Files.mismatch(staged.resolve(name), kept) >= 0) {
        DurableFiles.move(staged.resolve(name), kept);
      }
    }
  }

  /**
   * Finds an artifact.
   *
   * @param reference a name, {@code name@digest} (8 hex digits or more), or the absolute path of a
   *     folder or of its main file
   * @throws WroughtException NOT_FOUND, which lists the nearest names
   */
  public Artifact resolve(ArtifactKind kind, String reference) {
    if (reference.isEmpty()) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT,
          "no " + kind.label() + " is named: give a name, name@digest or an absolute path");
    }
    if (reference.startsWith("/")) {
      return resolvePath(kind, reference);
    }
    int at = reference.indexOf('@');
    String name = checkName(kind, at < 0 ? reference : reference.substring(0, at));
    Path named = home.resolve(kind.folder()).resolve(name);
    if (!Files.isDirectory(named)) {
      throw new WroughtException(ErrorCode.NOT_FOUND, unknown(kind, name));
    }
    String digest =
        at < 0 ? currentDigest(kind, named) : fullDigest(kind, named, reference.substring(at + 1));
    return existing(kind, name, named.resolve(digest));
  }

  /** Every artifact that a name means now, newest first; damaged ones are logged and left out. */
  public List<Artifact> list(ArtifactKind kind) {
    List<Artifact> result = new ArrayList<>();
    for (String name : names(kind)) {
      try {
        result.add(resolve(kind, name));
      } catch (WroughtException damaged) {
        LOG.log(Level.WARNING, damaged.getMessage());
      }
    }
    result.sort(Comparator.comparing(Artifact::published).reversed());
    return result;
  }

  private Artifact resolvePath(ArtifactKind kind, String reference) {
    Path path = Path.of(reference).normalize();
    Path file = Files.isDirectory(path) ? path.resolve(kind.mainFile()) : path;
    if (!Files.isRegularFile(file)) {
      throw new WroughtException(
          ErrorCode.NOT_FOUND, "no " + kind.label() + " at " + path + ": " + file + " is missing");
    }
    boolean ownFolder = file.endsWith(kind.mainFile());
    Path named = Optional.ofNullable(ownFolder ? file.getParent() : file).orElse(file);
    String name = String.valueOf(named.getFileName());
    return new Artifact(kind, name, Optional.empty(), file, modified(file));
  }

  private Artifact existing(ArtifactKind kind, String name, Path folder) {
    if (!Files.isRegularFile(folder.resolve(kind.mainFile()))) {
      throw new WroughtException(
          ErrorCode.CORRUPT_FILE,
          "the "
              + kind.label()
              + " '"
              + name
              + "' is damaged: no "
              + kind.mainFile()
              + " in "
              + folder);
    }
    return found(kind, name, folder);
  }

  private static Artifact found(ArtifactKind kind, String name, Path folder) {
    Path file = folder.resolve(kind.mainFile());
    String digest = String.valueOf(folder.getFileName());
    return new Artifact(kind, name, Optional.of(digest), file, modified(file));
  }

  private static Instant modified(Path file) {
    try {
      return Files.getLastModifiedTime(file).toInstant();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String currentDigest(ArtifactKind kind, Path named) {
    Path current = named.resolve(CURRENT);
    try {
      String digest = Files.readString(current).strip();
      if (DIGEST.matcher(digest).matches()) {
        return digest;
      }
    } catch (IOException failure) {
      throw new WroughtException(ErrorCode.CORRUPT_FILE, "cannot read " + current, failure);
    }
    throw new WroughtException(
        ErrorCode.CORRUPT_FILE,
        current + " does not hold a digest: name the " + kind.label() + " as name@digest");
  }

  private static String fullDigest(ArtifactKind kind, Path named, String prefix) {
    if (!DIGEST_PREFIX.matcher(prefix).matches()) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT,
          "'" + prefix + "' is not a digest: 8 to 64 hex digits follow the @");
    }
    List<String> known = entries(named).filter(entry -> DIGEST.matcher(entry).matches()).toList();
    List<String> matching = known.stream().filter(entry -> entry.startsWith(prefix)).toList();
    if (matching.size() != 1) {
      List<String> choice = matching.isEmpty() ? known : matching;
      throw new WroughtException(
          ErrorCode.NOT_FOUND,
          (matching.isEmpty() ? "no " : "more than one ")
              + kind.label()
              + " "
              + named.getFileName()
              + "@"
              + prefix
              + "; there are "
              + Nearest.listed(prefix, choice, NAMED));
    }
    return matching.getFirst();
  }

  private String unknown(ArtifactKind kind, String name) {
    List<String> names = names(kind);
    if (names.isEmpty()) {
      return "no " + kind.label() + " '" + name + "': none has been made in " + home + " yet";
    }
    return "no "
        + kind.label()
        + " '"
        + name
        + "'; the nearest are "
        + String.join(", ", Nearest.of(name, names, 5));
  }

  private List<String> names(ArtifactKind kind) {
    return entries(home.resolve(kind.folder()))
        .filter(entry -> NAME.matcher(entry).matches())
        .sorted()
        .toList();
  }

  private static Stream<String> entries(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Stream.empty();
    }
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.map(path -> String.valueOf(path.getFileName())).toList().stream();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private WroughtException storage(String what, IOException cause) {
    return new WroughtException(
        ErrorCode.STORAGE,
        what
            + " under "
            + home
            + ": "
            + cause.getMessage()
            + "; check its permissions and free space",
        cause);
  }
}
