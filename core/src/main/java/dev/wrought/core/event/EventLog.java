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
 * append of any writer seals it with a line break rather than cutting it off, because another
 * process may have appended since; {@link EventLogReader} passes over a line that was torn. What is
 * acknowledged survives the process at once, and the machine after {@link #sync()}. Safe for
 * several threads.
 */
public final class EventLog implements AutoCloseable {
  private static final byte END_OF_LINE = '\n';

  private final Path file;
  private final FileChannel appending;

  /** Where this writer's last whole line ended: what lies behind it, others wrote. */
  private long end;

  private EventLog(Path file, FileChannel appending) {
    this.file = file;
    this.appending = appending;
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
      return new EventLog(file, appending);
    } catch (IOException failure) {
      throw storage(file, failure);
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
    try {
      long size = appending.size();
      String seal = size != end && isTorn(size) ? "\n" : "";
      byte[] line = (seal + json + "\n").getBytes(StandardCharsets.UTF_8);
      int written = appending.write(ByteBuffer.wrap(line));
      if (written < line.length) {
        throw new IOException("the disk is full: %d of %d bytes".formatted(written, line.length));
      }
      end = size + written;
    } catch (IOException failure) {
      throw storage(file, failure);
    }
  }

  /** Whether the file ends in the middle of a line. */
  private boolean isTorn(long size) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      return channel.read(last, size - 1) == 1 && last.get(0) != END_OF_LINE;
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
