package dev.wrought.core.fuzz;

import dev.wrought.core.artifact.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * What the source tree says of a parser that was fuzzed all its time without a find.
 *
 * @param commit that it was done at, marked where sources were changed since; "unknown" outside of
 *     a repository
 */
record FuzzStamp(FuzzProgress done, Instant when, String commit) {
  private static final String UNKNOWN = "unknown";
  private static final String CHANGED = " with changes";

  void write(Path file) throws IOException {
    Files.createDirectories(file.resolveSibling("."));
    String lines =
        "# Fuzzed without a find: ./wrought test --long fuzz\n%swhen=%s\ncommit=%s\n"
            .formatted(done.lines(), when.truncatedTo(ChronoUnit.SECONDS), commit);
    DurableFiles.write(file, lines.getBytes(StandardCharsets.UTF_8));
  }

  /** The commit that a folder of sources is at. */
  static String commitOf(Path sources) throws InterruptedException {
    try {
      Process head = git(sources, "rev-parse", "HEAD");
      String commit =
          new String(head.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (head.waitFor() != 0) {
        return UNKNOWN;
      }
      boolean same = git(sources, "diff", "--quiet", "HEAD", "--", ".").waitFor() == 0;
      return same ? commit : commit + CHANGED;
    } catch (IOException noGit) {
      return UNKNOWN;
    }
  }

  private static Process git(Path folder, String first, String... more) throws IOException {
    ProcessBuilder command = new ProcessBuilder("git", first);
    command.command().addAll(List.of(more));
    return command
        .directory(folder.toFile())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
