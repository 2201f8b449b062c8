package dev.wrought.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Documents in one file, for a benchmark in another process: NUL is between them, and in none. */
final class Documents {
  private static final String END = "\0";

  private Documents() {}

  /** Writes them. @return how many bytes they have */
  static long write(Path file, List<String> documents) {
    long bytes = 0;
    StringBuilder all = new StringBuilder();
    for (String document : documents) {
      String text = document.replace(END, "");
      bytes += text.getBytes(StandardCharsets.UTF_8).length;
      all.append(text).append(END);
    }
    try {
      Files.writeString(file, all);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return bytes;
  }

  static String[] read(Path file) throws IOException {
    return Files.readString(file).split(END);
  }
}
