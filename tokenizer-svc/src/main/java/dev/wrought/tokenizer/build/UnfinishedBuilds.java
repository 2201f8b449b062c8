package dev.wrought.tokenizer.build;

import dev.wrought.core.artifact.ArtifactKind;
import dev.wrought.core.artifact.DurableFiles;
import dev.wrought.core.artifact.Sha256;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The builds under the home that are under way or were stopped or killed, a folder each by the
 * dataset's name: its shards, and the journal of those that are finished. A lock beside the folder
 * keeps two processes from building the same dataset at once. Thread-safe.
 */
public final class UnfinishedBuilds {
  private static final System.Logger LOG = System.getLogger(UnfinishedBuilds.class.getName());
  private static final String LOCK = ".lock-";

  private final Path home;

  /**
   * @param home the platform's; {@code datasets/.unfinished} in it need not exist
   */
  public UnfinishedBuilds(Path home) {
    this.home = home.resolve(ArtifactKind.DATASET.folder()).resolve(".unfinished").toAbsolutePath();
  }

  /**
   * Begins a build, or goes on with the one that an earlier attempt has left, if it was of the same
   * inputs and its shards are intact.
   *
   * @param progress is told which, and if an earlier attempt is of no use, why
   * @throws WroughtException LOCKED where another process is building it
   */
  UnfinishedBuild begin(String name, BuildInputs inputs, BuildProgress progress)
      throws IOException {
    Path folder = home.resolve(name);
    Files.createDirectories(home);
    FileChannel lock = lock(name);
    try {
      BuildJournal earlier = usable(folder, inputs, progress);
      keepOnly(earlier, UnfinishedBuild.files(folder));
      return new UnfinishedBuild(folder, lock, earlier);
    } catch (IOException | RuntimeException failure) {
      lock.close();
      throw failure;
    }
  }

  private FileChannel lock(String name) throws IOException {
    FileChannel lock =
        FileChannel.open(
            home.resolve(LOCK + name), StandardOpenOption.WRITE, StandardOpenOption.CREATE);
    try {
      if (lock.tryLock() != null) {
        return lock;
      }
    } catch (OverlappingFileLockException ours) {
      LOG.log(Level.DEBUG, "this process is building {0} already", name);
    }
    lock.close();
    throw new WroughtException(
        ErrorCode.LOCKED,
        "the dataset '%s' is being built already; wait for that, or choose another name"
            .formatted(name));
  }

  /** What is left of an earlier attempt, if it is of use. */
  private static BuildJournal usable(Path folder, BuildInputs inputs, BuildProgress progress)
      throws IOException {
    BuildJournal nothing = BuildJournal.begun(inputs);
    Path file = folder.resolve(UnfinishedBuild.JOURNAL);
    if (!Files.exists(file)) {
      return nothing;
    }
    List<String> differences;
    BuildJournal found = nothing;
    try {
      found = BuildJournal.read(file);
      differences = inputs.differences(found.inputs());
    } catch (IOException damaged) {
      differences = List.of(file + " cannot be read: " + damaged.getMessage());
    }
    if (differences.isEmpty()) {
      differences = damage(found, UnfinishedBuild.files(folder), progress);
    }
    if (!differences.isEmpty()) {
      progress.begunAnew(String.join("; ", differences));
      return nothing;
    }
    progress.resumed(
        Math.max(documents(found, Split.TRAIN), documents(found, Split.VALIDATION)),
        found.train().size() + found.validation().size());
    return found;
  }

  /** Up to where the corpus need not be encoded again, but for the other split's documents. */
  private static long documents(BuildJournal journal, Split split) {
    List<FinishedShard> shards = journal.of(split);
    return shards.isEmpty() ? 0 : shards.getLast().end().documents();
  }

  /** Which finished shards are not what they were, which is read from the disk. */
  private static List<String> damage(BuildJournal journal, Path files, BuildProgress progress)
      throws IOException {
    List<String> damage = new ArrayList<>();
    Map<String, String> digests = digests(journal);
    int checked = 0;
    for (Map.Entry<String, String> each : digests.entrySet()) {
      Path file = files.resolve(each.getKey());
      progress.at(BuildProgress.Phase.READING, (double) checked++ / digests.size(), 0, 0, 0);
      if (!Files.exists(file)) {
        damage.add(file + " is missing");
      } else if (!Sha256.of(file).equals(each.getValue())) {
        damage.add(file + " was changed");
      }
    }
    return damage;
  }

  private static Map<String, String> digests(BuildJournal journal) {
    return Stream.concat(journal.train().stream(), journal.validation().stream())
        .flatMap(shard -> shard.files().entrySet().stream())
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** Deletes what was not finished. */
  private static void keepOnly(BuildJournal journal, Path files) throws IOException {
    Files.createDirectories(files);
    Set<String> kept = digests(journal).keySet();
    List<Path> others;
    try (Stream<Path> entries = Files.list(files)) {
      others =
          entries.filter(entry -> !kept.contains(String.valueOf(entry.getFileName()))).toList();
    }
    for (Path other : others) {
      DurableFiles.deleteFolder(other);
    }
  }

  /** Deletes what nobody has gone on with. */
  public void discardAbandoned(Instant before) {
    if (!Files.isDirectory(home)) {
      return;
    }
    try (Stream<Path> entries = Files.list(home)) {
      for (Path folder : entries.filter(Files::isDirectory).toList()) {
        if (Files.getLastModifiedTime(folder).toInstant().isBefore(before)) {
          DurableFiles.deleteFolder(folder);
        }
      }
    } catch (IOException failure) {
      LOG.log(Level.WARNING, "cannot look for abandoned builds in " + home, failure);
    }
  }
}
