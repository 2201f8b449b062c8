package dev.wrought.core.dataset;

import dev.wrought.core.artifact.Sha256;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What about the files of datasets is not as {@code dataset.json} says; all of it is told at once.
 */
final class Differences {
  /** How many added files a message names. */
  private static final int NAMED = 10;

  /** What lies beside the files that the digest is made of. */
  private static final Set<String> TOLD =
      Set.of(Dataset.FACTS_FILE, Dataset.REPORT_FILE, Dataset.REPORT_PAGE);

  private final List<String> found = new ArrayList<>();

  /** Reads some of a dataset's files and compares their digests. */
  void compare(Dataset dataset, Collection<String> names) {
    for (String name : names) {
      Path file = dataset.folder().resolve(name);
      try {
        String now = Sha256.of(file);
        String built = dataset.files().get(name);
        if (!now.equals(built)) {
          found.add("%s was changed: its SHA-256 is %s, not %s".formatted(file, now, built));
        }
      } catch (NoSuchFileException missing) {
        found.add("%s is missing".formatted(file));
      } catch (IOException failure) {
        found.add("%s cannot be read: %s".formatted(file, failure));
      }
    }
  }

  /**
   * Looks for files that a dataset was not built with. Names that begin with a dot are left alone:
   * file managers and network file systems put those everywhere.
   */
  void findAdded(Dataset dataset) {
    List<Path> added;
    try (Stream<Path> entries = Files.list(dataset.folder())) {
      added = entries.filter(entry -> isForeign(dataset, entry)).sorted().toList();
    } catch (NoSuchFileException gone) {
      return; // with all its files, which are told as missing
    } catch (IOException failure) {
      found.add("%s cannot be listed: %s".formatted(dataset.folder(), failure));
      return;
    }
    added.stream().limit(NAMED).forEach(file -> found.add("%s was added".formatted(file)));
    if (added.size() > NAMED) {
      found.add("%d more files were added".formatted(added.size() - NAMED));
    }
  }

  private static boolean isForeign(Dataset dataset, Path entry) {
    String name = String.valueOf(entry.getFileName());
    return !name.startsWith(".") && !TOLD.contains(name) && !dataset.files().containsKey(name);
  }

  /**
   * Refuses what was found.
   *
   * @throws WroughtException CORRUPT_FILE
   */
  void throwIfAny() {
    if (!found.isEmpty()) {
      throw new WroughtException(
          ErrorCode.CORRUPT_FILE,
          "the data is not as it was built: %s. Put back what is missing or changed and take away what was added; or delete the dataset's folder and build it anew"
              .formatted(String.join("; ", found)));
    }
  }
}
