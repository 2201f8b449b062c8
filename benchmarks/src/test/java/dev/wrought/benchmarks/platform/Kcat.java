package dev.wrought.benchmarks.platform;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The kcat program as a listener to one topic. */
record Kcat(Process process, BufferedReader output) implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 180;
  private static final String FORMAT = "%k\\t%h\\t%s\\n";

  /** What it printed of a record. */
  record Message(String key, String headers, String body) {}

  static void assumeInstalled() {
    boolean found =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kcat")));
    assumeTrue(found, "kcat is not installed");
  }

  /** From the topic's beginning on, without end. */
  static Kcat listen(String bootstrapServers, String topic) {
    ProcessBuilder builder =
        new ProcessBuilder(
            "kcat",
            "-C",
            "-q",
            "-u",
            "-b",
            bootstrapServers,
            "-t",
            topic,
            "-o",
            "beginning",
            "-f",
            FORMAT);
    try {
      Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
      return new Kcat(process, process.inputReader());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The first record with a key; waits for it. */
  Message first(String key) {
    return CompletableFuture.supplyAsync(() -> read(key))
        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .join();
  }

  private Message read(String key) {
    return output
        .lines()
        .map(line -> line.split("\t", 3))
        .filter(fields -> fields.length == 3 && fields[0].equals(key))
        .map(fields -> new Message(fields[0], fields[1], fields[2]))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("kcat ended without a record of " + key));
  }

  @Override
  public void close() {
    process.destroy();
  }
}
