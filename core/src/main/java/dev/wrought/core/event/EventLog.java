package dev.wrought.core.event;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * The writing end of a run's {@code events.log}: one line of JSON an event, appended in a single
 * write, so that several processes (a worker and its service) may write to one log. An event's
 * sequence number is the position just after its line: nobody has to hand numbers out, and a reader
 * can go on from any of them.
 *
 * <p>A writer that died, or met a full disk, in the middle of a line leaves a torn tail. The next
 * writer seals it with a line break rather than cutting it off, because another process may have
 * appended since; {@link EventLogReader} passes over a line that was torn. What is acknowledged
 * survives the process at once, and the machine after {@link #sync()}. Safe for several threads.
 */
public final class EventLog implements AutoCloseable {
  private static final byte END_OF_LINE = '\n';

  private final Path file;
  private final FileChannel appending;
  private boolean torn;

  private EventLog(Path file, FileChannel appending, boolean torn) {
    this.file = file;
    this.appending = appending;
    this.torn = torn;
  }

  /**
   * Opens a log for appending, and makes it where it is missing.
   *
   * @throws WroughtException STORAGE
   */
  public static EventLog open(Path file) {
    try {
      FileChannel appending =
          FileChannel.open(
              file,
              Set.of(
                  StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND));
      return new EventLog(file, appending, isTorn(file));
    } catch (IOException failure) {
      throw storage(file, failure);
    }
  }

  private static boolean isTorn(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      return channel.size() > 0
          && channel.read(last, channel.size() - 1) == 1
          && last.get(0) != END_OF_LINE;
    }
  }

  /**
   * Appends one event.
   *
   * @param json without line breaks
   * @throws WroughtException STORAGE: the event is not written
   */
  public synchronized void append(String json) {
    if (json.indexOf(END_OF_LINE) >= 0) {
      throw new IllegalArgumentException("an event is one line");
    }
    byte[] line = ((torn ? "\n" : "") + json + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      int written = appending.write(ByteBuffer.wrap(line));
      torn = written < line.length;
      if (torn) {
        throw new IOException("the disk is full: %d of %d bytes".formatted(written, line.length));
      }
    } catch (IOException failure) {
      throw storage(file, failure);
    }
  }

  /** Forces everything appended so far to the disk. */
  public synchronized void sync() {
    try {
      appending.force(false);
    } catch (IOException failure) {
      throw storage(file, failure);
    }
  }

  @Override
  public synchronized void close() {
    try {
      appending.close();
    } catch (IOException failure) {
      throw storage(file, failure);
    }
  }

  private static WroughtException storage(Path file, IOException failure) {
    return new WroughtException(
        ErrorCode.STORAGE,
        "cannot write the events to %s: %s".formatted(file, failure.getMessage()),
        failure);
  }
}
