package dev.wrought.core.event;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a run's {@code events.log} from a position, a bounded batch at a time. A last line that has
 * no end yet is left for later; whatever is not a JSON object (a tail that was torn and sealed) is
 * passed over. Immutable, safe for several threads.
 */
public record EventLogReader(Path file) {
  /** An event that is longer than this is a defect; the line is refused. */
  public static final int MAX_LINE_BYTES = 8 << 20;

  private static final int BATCH_BYTES = 1 << 18;

  /**
   * A complete line.
   *
   * @param sequence the position just after it: where to go on reading
   */
  public record Line(long sequence, String json) {}

  /**
   * The lines that follow a position.
   *
   * @param lines perhaps none
   * @param sequence where the next batch begins; the position asked from where nothing is complete
   */
  public record Batch(List<Line> lines, long sequence) {
    public Batch {
      lines = List.copyOf(lines);
    }

    /** Nothing was there: the reader has come to the end. */
    public boolean atEnd(long from) {
      return sequence == from;
    }
  }

  /**
   * Reads at most some 256 KB of complete lines.
   *
   * @param from 0, or the sequence of a line or batch read before
   * @throws WroughtException STORAGE, CORRUPT_FILE for an endless line
   */
  public Batch read(long from) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      for (int capacity = BATCH_BYTES; capacity <= MAX_LINE_BYTES; capacity *= 2) {
        ByteBuffer bytes = fill(channel, from, capacity);
        Batch batch = split(bytes, from);
        if (!batch.atEnd(from) || bytes.limit() < capacity) {
          return batch;
        }
      }
      throw new WroughtException(
          ErrorCode.CORRUPT_FILE,
          "%s has a line of more than %d bytes at byte %d".formatted(file, MAX_LINE_BYTES, from));
    } catch (NoSuchFileException notYet) {
      return new Batch(List.of(), from);
    } catch (IOException failure) {
      throw new WroughtException(
          ErrorCode.STORAGE, "cannot read %s: %s".formatted(file, failure), failure);
    }
  }

  private static ByteBuffer fill(FileChannel channel, long from, int capacity) throws IOException {
    long available = Math.max(0, channel.size() - from);
    ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(capacity, available));
    while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) > 0) {}
    return bytes.flip();
  }

  private static Batch split(ByteBuffer bytes, long from) {
    List<Line> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < bytes.limit(); i++) {
      if (bytes.get(i) == '\n') {
        String text = new String(bytes.array(), start, i - start, StandardCharsets.UTF_8);
        start = i + 1;
        if (text.startsWith("{") && text.endsWith("}")) {
          lines.add(new Line(from + start, text));
        }
      }
    }
    return new Batch(lines, from + start);
  }
}
