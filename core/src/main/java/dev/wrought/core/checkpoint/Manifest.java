package dev.wrought.core.checkpoint;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.wrought.core.artifact.Sha256;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code manifest.json}: the size and SHA-256 of every other file of a checkpoint. It is written
 * last, so that a folder with a manifest that verifies is whole. Its own SHA-256 is the
 * checkpoint's digest.
 */
public record Manifest(int formatVersion, List<Entry> files) {
  public static final String FILE_NAME = "manifest.json";
  static final int FORMAT_VERSION = 1;
  private static final long MAX_BYTES = 16 << 20;
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .build();

  /** One file: its name without a path, its size, its digest in lower-case hex. */
  public record Entry(String name, long sizeBytes, String sha256) {
    public Entry {
      boolean isPath = name.contains("/") || name.contains("\\");
      // Path.of refuses, by an exception of the same kind, what no file can be called.
      if (isPath || name.startsWith(".") || Path.of(name).toString().isEmpty()) {
        throw new IllegalArgumentException("'%s' is not a file name".formatted(name));
      }
    }
  }

  public Manifest {
    files = List.copyOf(files);
  }

  /** Digests every file that lies in a folder now, by name. */
  static Manifest of(Path folder) throws IOException {
    try (Stream<Path> listed = Files.list(folder)) {
      List<Path> files =
          listed.filter(file -> !file.getFileName().toString().equals(FILE_NAME)).sorted().toList();
      return new Manifest(FORMAT_VERSION, files.stream().map(Manifest::entryOf).toList());
    }
  }

  private static Entry entryOf(Path file) {
    try {
      return new Entry(file.getFileName().toString(), Files.size(file), Sha256.of(file));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  void write(Path folder) throws IOException {
    Files.write(folder.resolve(FILE_NAME), JSON.writeValueAsBytes(this));
  }

  /**
   * Reads a folder's manifest.
   *
   * @throws WroughtException CORRUPT_FILE where there is none, or it is malformed;
   *     FAILED_PRECONDITION where another Wrought wrote it; STORAGE where it cannot be read
   */
  public static Manifest read(Path folder) {
    byte[] content = content(folder);
    try {
      Manifest manifest =
          Optional.ofNullable(JSON.readValue(content, Manifest.class))
              .orElseThrow(() -> corrupt(folder, "its manifest.json holds null"));
      if (manifest.formatVersion != FORMAT_VERSION) {
        throw new WroughtException(
            ErrorCode.FAILED_PRECONDITION,
            "the checkpoint %s has format version %d, and this Wrought reads %d; use the one that wrote it"
                .formatted(folder, manifest.formatVersion, FORMAT_VERSION));
      }
      return manifest;
    } catch (IOException malformed) {
      throw corrupt(folder, "its manifest.json cannot be read: " + malformed.getMessage());
    }
  }

  private static byte[] content(Path folder) {
    Path file = folder.resolve(FILE_NAME);
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw corrupt(folder, "its manifest.json is larger than %d bytes".formatted(MAX_BYTES));
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException missing) {
      throw corrupt(folder, "it has no manifest.json");
    } catch (IOException failure) {
      throw unreadable(file, failure);
    }
  }

  /**
   * Compares every file with its entry.
   *
   * @throws WroughtException CORRUPT_FILE naming the first file that differs; STORAGE where one
   *     cannot be read
   */
  public void verify(Path folder) {
    for (Entry entry : files) {
      Path file = folder.resolve(entry.name());
      try {
        if (Files.size(file) != entry.sizeBytes()) {
          throw corrupt(
              folder,
              "%s has %d bytes instead of %d"
                  .formatted(entry.name(), Files.size(file), entry.sizeBytes()));
        }
        if (!Sha256.of(file).equals(entry.sha256())) {
          throw corrupt(folder, "the SHA-256 of %s differs".formatted(entry.name()));
        }
      } catch (NoSuchFileException missing) {
        throw corrupt(folder, "%s is missing".formatted(entry.name()));
      } catch (IOException failure) {
        throw unreadable(file, failure);
      }
    }
  }

  /** Bytes of all files together, without the manifest's own. */
  public long sizeBytes() {
    return files.stream().mapToLong(Entry::sizeBytes).sum();
  }

  private static WroughtException unreadable(Path file, IOException failure) {
    return new WroughtException(
        ErrorCode.STORAGE, "cannot read %s: %s".formatted(file, failure), failure);
  }

  private static WroughtException corrupt(Path folder, String why) {
    return new WroughtException(
        ErrorCode.CORRUPT_FILE, "the checkpoint %s is not whole: %s".formatted(folder, why));
  }
}
