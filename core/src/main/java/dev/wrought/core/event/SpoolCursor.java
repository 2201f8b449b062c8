package dev.wrought.core.event;

import dev.wrought.core.artifact.DurableFiles;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * How far a reader of an event log has come, kept in a file beside it. It is moved after the events
 * are acknowledged elsewhere, so a crash sends some twice, never none: receivers recognise the ids.
 */
public record SpoolCursor(Path file) {
  /**
   * The sequence to go on from; 0 where there is no cursor yet, or it cannot be understood.
   *
   * @throws WroughtException STORAGE
   */
  public long read() {
    try {
      return Math.max(0, Long.parseLong(Files.readString(file).strip()));
    } catch (NoSuchFileException | NumberFormatException | CharacterCodingException fromTheStart) {
      return 0;
    } catch (IOException failure) {
      throw storage(failure);
    }
  }

  /**
   * Remembers a sequence.
   *
   * @throws WroughtException STORAGE
   */
  public void write(long sequence) {
    try {
      DurableFiles.write(file, (sequence + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException failure) {
      throw storage(failure);
    }
  }

  private WroughtException storage(IOException failure) {
    return new WroughtException(
        ErrorCode.STORAGE, "cannot keep the cursor %s: %s".formatted(file, failure), failure);
  }
}
