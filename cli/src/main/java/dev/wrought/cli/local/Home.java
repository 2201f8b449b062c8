package dev.wrought.cli.local;

import dev.wrought.core.artifact.DurableFiles;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Where the platform keeps everything: {@code $WROUGHT_HOME}.
 *
 * @param folder absolute
 */
public record Home(Path folder) {
  /** Raised when a folder's layout changes so that an older version cannot read it. */
  public static final int LAYOUT_VERSION = 1;

  public Home {
    folder = folder.toAbsolutePath().normalize();
  }

  public Path platformFile() {
    return folder.resolve("platform.json");
  }

  public Path lockFile() {
    return folder.resolve("lock");
  }

  public Path kafka() {
    return folder.resolve("kafka");
  }

  public Path log(Part part) {
    return folder.resolve("logs").resolve(part.label() + ".log");
  }

  /** Makes the folders that are missing, and checks that this version knows their layout. */
  public void prepare() {
    try {
      Files.createDirectories(folder.resolve("logs"));
      Path version = folder.resolve("layoutVersion");
      if (Files.exists(version)) {
        checkLayout(Files.readString(version).strip());
      } else {
        replace(version, LAYOUT_VERSION + "\n");
      }
    } catch (IOException failure) {
      throw storage("cannot write to " + folder, failure);
    }
  }

  private void checkLayout(String version) {
    if (!version.equals(Integer.toString(LAYOUT_VERSION))) {
      throw new WroughtException(
          ErrorCode.FAILED_PRECONDITION,
          "%s has layout %s and this version reads layout %d: use the version that wrote it, or"
                  .formatted(folder, version, LAYOUT_VERSION)
              + " another folder (--home, WROUGHT_HOME)");
    }
  }

  /** Replaces a file as a whole: a reader sees the old content or the new. */
  static void replace(Path file, String content) {
    try {
      DurableFiles.write(file, content.getBytes(StandardCharsets.UTF_8));
    } catch (IOException failure) {
      throw storage("cannot write " + file, failure);
    }
  }

  /** The failure of a file operation with its remedy. */
  static WroughtException storage(String what, IOException failure) {
    String reason =
        failure instanceof FileSystemException known && known.getReason() != null
            ? known.getReason()
            : String.valueOf(failure.getMessage());
    String lower = reason.toLowerCase(Locale.ROOT);
    String remedy;
    if (lower.contains("no space") || lower.contains("quota")) {
      reason = "no space left on the disk";
      remedy = "free some, or use another folder (--home, WROUGHT_HOME)";
    } else if (failure instanceof AccessDeniedException || lower.contains("permission")) {
      reason = "no permission";
      remedy = "change its owner, or use another folder (--home, WROUGHT_HOME)";
    } else {
      remedy = "use another folder (--home, WROUGHT_HOME)";
    }
    return new WroughtException(
        ErrorCode.STORAGE, "%s: %s; %s".formatted(what, reason, remedy), failure);
  }
}
