package dev.wrought.core.artifact;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A whole file as read-only memory: what is looked at is read, and nothing lies on the heap. */
public final class MappedFile {
  private MappedFile() {}

  /**
   * Maps a file for as long as the arena is open.
   *
   * @throws WroughtException NOT_FOUND, STORAGE
   */
  public static MemorySegment map(Path file, Arena arena) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
    } catch (NoSuchFileException missing) {
      throw new WroughtException(ErrorCode.NOT_FOUND, "no such file: " + file, missing);
    } catch (IOException unreadable) {
      throw new WroughtException(
          ErrorCode.STORAGE, "cannot read %s: %s".formatted(file, unreadable), unreadable);
    }
  }
}
