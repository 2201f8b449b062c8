package dev.wrought.cli.local;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Passes on the lines that are added to logs, from now on; a log that was replaced starts anew. */
public final class LogFollower {
  private static final Duration INTERVAL = Duration.ofMillis(200);
  private static final int CHUNK = 64 << 10;

  private final List<Part> parts;
  private final Function<Part, Path> log;
  private final BiConsumer<Part, String> listener;
  private final Map<Part, Long> offsets = new EnumMap<>(Part.class);

  public LogFollower(
      List<Part> parts, Function<Part, Path> log, BiConsumer<Part, String> listener) {
    this.parts = parts;
    this.log = log;
    this.listener = listener;
    parts.forEach(part -> offsets.put(part, size(log.apply(part))));
  }

  /** Until the thread is interrupted. */
  public void run() throws InterruptedException {
    while (true) {
      for (Part part : parts) {
        follow(part);
      }
      Thread.sleep(INTERVAL);
    }
  }

  private void follow(Part part) {
    Path file = log.apply(part);
    long size = size(file);
    long offset = Math.min(offsets.getOrDefault(part, 0L), size);
    offset = size < offsets.getOrDefault(part, 0L) ? 0 : offset;
    while (offset < size) {
      byte[] chunk = read(file, offset, (int) Math.min(CHUNK, size - offset));
      int whole = lastLineEnd(chunk);
      if (whole == 0) {
        break;
      }
      new String(chunk, 0, whole, StandardCharsets.UTF_8)
          .lines()
          .forEach(line -> listener.accept(part, line));
      offset += whole;
    }
    offsets.put(part, offset);
  }

  /** Bytes up to the last line break; all of a full chunk without one. */
  private static int lastLineEnd(byte[] chunk) {
    for (int end = chunk.length; end > 0; end--) {
      if (chunk[end - 1] == '\n') {
        return end;
      }
    }
    return chunk.length == CHUNK ? CHUNK : 0;
  }

  private static byte[] read(Path file, long offset, int length) {
    try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "r")) {
      byte[] bytes = new byte[length];
      access.seek(offset);
      access.readFully(bytes);
      return bytes;
    } catch (IOException failure) {
      throw Home.storage("cannot read " + file, failure);
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException notThere) {
      return 0;
    }
  }
}
