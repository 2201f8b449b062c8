package dev.wrought.core.checkpoint;

import dev.wrought.core.artifact.DurableFiles;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The published checkpoints of one run: folders {@code step-00000200}. Anything else is a stray.
 */
public final class Checkpoints {
  private static final System.Logger LOG = System.getLogger(Checkpoints.class.getName());
  private static final Pattern NAME = Pattern.compile("step-(\\d{8,9}|1\\d{9})");

  private Checkpoints() {}

  static String name(int step) {
    return "step-%08d".formatted(step);
  }

  private static OptionalInt stepOf(Path folder) {
    Matcher name = NAME.matcher(folder.getFileName().toString());
    return name.matches() ? OptionalInt.of(Integer.parseInt(name.group(1))) : OptionalInt.empty();
  }

  /** The folders of all published checkpoints, absolute, whole or not, newest step first. */
  public static List<Path> list(Path checkpoints) {
    if (!Files.isDirectory(checkpoints)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(checkpoints.toAbsolutePath().normalize())) {
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
   *
   * @throws WroughtException STORAGE where one cannot be read now, FAILED_PRECONDITION where one is
   *     of another format: neither says that it is damaged
   */
  public static Optional<Checkpoint> newestGood(Path checkpoints) {
    return newestGood(checkpoints, reason -> {});
  }

  /**
   * What a run goes on from: its newest good checkpoint; empty where it has published none.
   *
   * @throws WroughtException CORRUPT_FILE, with every reason, where there are some and none is
   *     good: whoever wants the run to begin again says so by removing them
   */
  public static Optional<Checkpoint> toGoOnFrom(Path checkpoints) {
    List<String> reasons = new ArrayList<>();
    Optional<Checkpoint> newest = newestGood(checkpoints, reasons::add);
    if (newest.isEmpty() && !reasons.isEmpty()) {
      throw new WroughtException(
          ErrorCode.CORRUPT_FILE,
          "no checkpoint in %s is good; put back a whole one, or remove them all to begin again: %s"
              .formatted(checkpoints, String.join("; ", reasons)));
    }
    return newest;
  }

  private static Optional<Checkpoint> newestGood(Path checkpoints, Consumer<String> reasons) {
    return list(checkpoints).stream().flatMap(folder -> good(folder, reasons).stream()).findFirst();
  }

  private static Optional<Checkpoint> good(Path folder, Consumer<String> reasons) {
    Consumer<String> passOver =
        reason -> {
          LOG.log(Level.WARNING, "{0}; trying an older one", reason);
          reasons.accept(reason);
        };
    Optional<Checkpoint> whole = unlessDamaged(folder, Checkpoint::open, passOver);
    if (whole.isPresent() && whole.get().state().loss().isEmpty() && whole.get().step() > 0) {
      passOver.accept("the loss of the checkpoint %s was not finite".formatted(folder));
      return Optional.empty();
    }
    return whole;
  }

  /** What is read from a folder; empty where it is damaged, or was deleted meanwhile. */
  private static Optional<Checkpoint> unlessDamaged(
      Path folder, Function<Path, Checkpoint> reader, Consumer<String> otherwise) {
    try {
      return Optional.of(reader.apply(folder));
    } catch (WroughtException failure) {
      if (failure.code() != ErrorCode.CORRUPT_FILE && failure.code() != ErrorCode.NOT_FOUND) {
        throw failure;
      }
      otherwise.accept(failure.getMessage());
      return Optional.empty();
    }
  }

  /** Deletes what need not be kept; every checkpoint that counts is read once. */
  public static void retain(Path checkpoints, int keep, int keepBest) throws IOException {
    retain(checkpoints, keep, keepBest, new HashSet<>());
  }

  /**
   * Deletes what need not be kept: all but the newest {@code keep}, the {@code keepBest} with the
   * lowest validation loss, and those that someone holds a {@link CheckpointLease} on. Damaged ones
   * do not count, whatever their step or loss. The caller holds the run's lock.
   *
   * @param whole checkpoints that are known to be whole and need not be read; what is found to be
   *     whole is added
   * @throws WroughtException as {@link #newestGood}: then nothing has been deleted
   */
  public static void retain(Path checkpoints, int keep, int keepBest, Set<Path> whole)
      throws IOException {
    List<Path> folders = list(checkpoints);
    Set<Path> kept = new HashSet<>();
    folders.stream()
        .filter(folder -> isWhole(folder, whole))
        .limit(Math.max(1, keep))
        .forEach(kept::add);
    best(folders).filter(folder -> isWhole(folder, whole)).limit(keepBest).forEach(kept::add);
    for (Path folder : folders) {
      if (!kept.contains(folder) && !CheckpointLease.isTaken(folder)) {
        delete(folder);
      }
    }
  }

  private static boolean isWhole(Path folder, Set<Path> known) {
    if (!known.contains(folder)
        && unlessDamaged(
                folder,
                Checkpoint::open,
                reason -> LOG.log(Level.WARNING, "{0}; it does not count", reason))
            .isPresent()) {
      known.add(folder);
    }
    return known.contains(folder);
  }

  private static Stream<Path> best(List<Path> folders) {
    return folders.stream()
        .flatMap(folder -> unlessDamaged(folder, Checkpoint::peek, reason -> {}).stream())
        .filter(checkpoint -> checkpoint.state().validationLoss().isPresent())
        .sorted(
            Comparator.comparingDouble(
                checkpoint -> checkpoint.state().validationLoss().getAsDouble()))
        .map(Checkpoint::path);
  }

  /** Renames first, so that nobody finds a folder half deleted. */
  static void delete(Path folder) throws IOException {
    Path stray = folder.resolveSibling(CheckpointPublisher.STRAY + "old-" + folder.getFileName());
    DurableFiles.deleteFolder(stray);
    Files.move(folder, stray);
    DurableFiles.deleteFolder(stray);
  }
}
