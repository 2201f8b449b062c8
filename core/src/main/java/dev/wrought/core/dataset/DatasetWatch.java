package dev.wrought.core.dataset;

import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sees whether datasets stay what they are while somebody reads them. Shards are mapped, not
 * copied: whoever writes into one changes what is read from then on.
 *
 * <p>The digests of a large dataset take minutes. So they are compared once, at the beginning;
 * {@link #check} asks the disk for sizes and times, and reads those files only for which they have
 * moved. A change that keeps them is seen at the next beginning. For one thread.
 */
public final class DatasetWatch {
  /** What the disk says of a file without reading it. */
  private record Stamp(long size, FileTime modified) {}

  private final Map<Dataset, Map<String, Stamp>> stamps;

  private DatasetWatch(Map<Dataset, Map<String, Stamp>> stamps) {
    this.stamps = stamps;
  }

  /**
   * Reads every file of the datasets, looks for files that were added, and watches from now on.
   *
   * @throws WroughtException CORRUPT_FILE, which names every difference
   */
  public static DatasetWatch begin(List<Dataset> datasets) {
    // The stamps first: what is changed while the digests are made is seen at the next check.
    Map<Dataset, Map<String, Stamp>> stamps = new LinkedHashMap<>();
    datasets.forEach(dataset -> stamps.put(dataset, stamps(dataset)));
    Differences differences = new Differences();
    for (Dataset dataset : stamps.keySet()) {
      differences.compare(dataset, dataset.files().keySet());
      differences.findAdded(dataset);
    }
    differences.throwIfAny();
    return new DatasetWatch(stamps);
  }

  /**
   * Checks that the files hold what they held at the beginning. Files that were added since are not
   * looked for: nobody reads them.
   *
   * @throws WroughtException CORRUPT_FILE, which names every difference
   */
  public void check() {
    Map<Dataset, Map<String, Stamp>> now = new LinkedHashMap<>();
    Differences differences = new Differences();
    stamps.forEach((dataset, before) -> {
      Map<String, Stamp> after = stamps(dataset);
      now.put(dataset, after);
      differences.compare(dataset, moved(dataset, before, after));
    });
    differences.throwIfAny();
    stamps.putAll(now);
  }

  private static List<String> moved(
      Dataset dataset, Map<String, Stamp> before, Map<String, Stamp> after) {
    return dataset.files().keySet().stream()
        .filter(name -> !after.containsKey(name) || !after.get(name).equals(before.get(name)))
        .toList();
  }

  /** By name; without files that are missing or hidden: what is wrong is told by reading them. */
  private static Map<String, Stamp> stamps(Dataset dataset) {
    Map<String, Stamp> stamps = new HashMap<>();
    for (String name : dataset.files().keySet()) {
      try {
        BasicFileAttributes file =
            Files.readAttributes(dataset.folder().resolve(name), BasicFileAttributes.class);
        stamps.put(name, new Stamp(file.size(), file.lastModifiedTime()));
      } catch (IOException unseen) {
        continue;
      }
    }
    return stamps;
  }
}
