package dev.wrought.cli.standin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The command as a process of its own, with its streams in files. */
public final class CommandProcess {
  private static final long LIMIT_SECONDS = 120;

  private final Process process;
  private final Path out;
  private final Path err;

  private CommandProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * Starts the command from this test's class path.
   *
   * @param root the checkout that it believes to be in
   */
  public static CommandProcess start(
      Path root, Path folder, Map<String, String> environment, String... words) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "env",
                "--default-signal=INT",
                StandInInstallation.java().toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dwrought.root=" + root,
                "-cp",
                StandInInstallation.classPath(),
                "dev.wrought.cli.Wrought"));
    command.addAll(List.of(words));
    return launch(folder, environment, command);
  }

  /** Runs any command line to its end. */
  public static CommandProcess launch(
      Path folder, Map<String, String> environment, List<String> command) throws IOException {
    Path out = Files.createTempFile(folder, "stdout", ".txt");
    Path err = Files.createTempFile(folder, "stderr", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.matches("WROUGHT_.*|NO_COLOR|COLUMNS"));
    builder.environment().putAll(environment);
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.redirectInput(Path.of("/dev/null").toFile());
    return new CommandProcess(builder.start(), out, err);
  }

  /** The exit code. */
  public int await() throws InterruptedException {
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("not done after " + LIMIT_SECONDS + " s:\n" + err());
    }
    return process.exitValue();
  }

  /** Waits until stderr has the text. */
  public void awaitNote(String text) throws InterruptedException {
    awaitText(err, text);
  }

  /** Waits until a file has the text. */
  public void awaitText(Path file, String text) throws InterruptedException {
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (!Files.exists(file) || !read(file).contains(text)) {
      if (!process.isAlive() || System.nanoTime() > limit) {
        throw new AssertionError("'" + text + "' was never said:\n" + err());
      }
      Thread.sleep(50);
    }
  }

  /** As Ctrl-C does. */
  public void interrupt() throws IOException, InterruptedException {
    signal("INT");
  }

  /** Sends it a signal, such as TERM. */
  public void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  public String out() {
    return read(out);
  }

  public String err() {
    return read(err);
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }
}
