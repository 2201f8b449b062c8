package dev.wrought.core.checkpoint;

import dev.wrought.core.artifact.DurableFiles;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The published checkpoints of one run: folders {@code step-00000200}. Anything else is a stray.
 */
public final class Checkpoints {
  private static final System.Logger LOG = System.getLogger(Checkpoints.class.getName());
  private static final Pattern NAME = Pattern.compile("step-(\\d{8})");

  private Checkpoints() {}

  static String name(int step) {
    return "step-%08d".formatted(step);
  }

  private static OptionalInt stepOf(Path folder) {
    Matcher name = NAME.matcher(folder.getFileName().toString());
    return name.matches() ? OptionalInt.of(Integer.parseInt(name.group(1))) : OptionalInt.empty();
  }

  /** The folders of all published checkpoints, whole or not, newest step first. */
  public static List<Path> list(Path checkpoints) {
    if (!Files.isDirectory(checkpoints)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(checkpoints)) {
      return entries
          .filter(entry -> stepOf(entry).isPresent())
          .sorted(Comparator.comparingInt((Path entry) -> -stepOf(entry).orElse(0)))
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * The newest checkpoint whose files match their digests and whose loss was finite (or not yet
   * known). Damaged ones are logged and passed over.
   */
  public static Optional<Checkpoint> newestGood(Path checkpoints) {
    return list(checkpoints).stream().flatMap(folder -> good(folder).stream()).findFirst();
  }

  private static Optional<Checkpoint> good(Path folder) {
    try {
      Checkpoint checkpoint = Checkpoint.open(folder);
      return checkpoint.state().loss().isPresent() || checkpoint.step() == 0
          ? Optional.of(checkpoint)
          : Optional.empty();
    } catch (WroughtException damaged) {
      LOG.log(Level.WARNING, "{0}; trying an older one", damaged.getMessage());
      return Optional.empty();
    }
  }

  /**
   * Deletes what need not be kept: all but the newest {@code keep}, the {@code keepBest} with the
   * lowest validation loss, and those that someone holds a {@link CheckpointLease} on. The caller
   * holds the run's lock.
   */
  public static void retain(Path checkpoints, int keep, int keepBest) throws IOException {
    List<Path> folders = list(checkpoints);
    Set<Path> kept = new HashSet<>(folders.stream().limit(Math.max(1, keep)).toList());
    best(folders, keepBest).forEach(kept::add);
    for (Path folder : folders) {
      if (!kept.contains(folder) && !CheckpointLease.isTaken(folder)) {
        delete(folder);
      }
    }
  }

  private static Stream<Path> best(List<Path> folders, int count) {
    return folders.stream()
        .flatMap(folder -> peek(folder).stream())
        .filter(checkpoint -> checkpoint.state().validationLoss().isPresent())
        .sorted(
            Comparator.comparingDouble(
                checkpoint -> checkpoint.state().validationLoss().getAsDouble()))
        .limit(count)
        .map(Checkpoint::path);
  }

  private static Optional<Checkpoint> peek(Path folder) {
    try {
      return Optional.of(Checkpoint.peek(folder));
    } catch (WroughtException damaged) {
      return Optional.empty();
    }
  }

  /** Renames first, so that nobody finds a folder half deleted. */
  private static void delete(Path folder) throws IOException {
    Path stray = folder.resolveSibling(CheckpointPublisher.STRAY + "old-" + folder.getFileName());
    DurableFiles.deleteFolder(stray);
    Files.move(folder, stray);
    DurableFiles.deleteFolder(stray);
  }
}
