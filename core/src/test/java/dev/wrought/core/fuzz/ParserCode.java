package dev.wrought.core.fuzz;

import dev.wrought.core.artifact.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** The sources of a parser. */
final class ParserCode {
  private ParserCode() {}

  /**
   * SHA-256 over the names and contents of the files that are meant, in hex.
   *
   * @param patterns of files below the folder
   * @throws IllegalArgumentException if one of them means none
   */
  static String digest(Path sources, List<String> patterns) throws IOException {
    MessageDigest digest = Sha256.newDigest();
    for (String pattern : patterns) {
      List<Path> files = matching(sources, pattern);
      if (files.isEmpty()) {
        throw new IllegalArgumentException("no file in %s is %s".formatted(sources, pattern));
      }
      for (Path file : files) {
        digest.update(sources.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        digest.update(Sha256.of(file).getBytes(StandardCharsets.UTF_8));
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static List<Path> matching(Path sources, String pattern) throws IOException {
    PathMatcher matcher = sources.getFileSystem().getPathMatcher("glob:" + pattern);
    try (Stream<Path> files = Files.walk(sources)) {
      return files
          .filter(file -> matcher.matches(sources.relativize(file)))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    }
  }
}
