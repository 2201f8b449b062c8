package dev.wrought.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.cli.standin.CommandProcess;
import dev.wrought.cli.standin.LauncherCheckout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which JDK the launcher takes, and that what runs on it ends with the launcher. */
class LauncherJdkIT {
  @TempDir private Path root;
  private LauncherCheckout checkout;

  @BeforeEach
  void prepare() throws IOException {
    checkout = new LauncherCheckout(root);
  }

  private Path jdk(String folder, String version) throws IOException {
    return checkout.jdk(folder, version, "echo java " + version);
  }

  @Test
  void jdk_amongOthersInItsUsualPlaces_isFound() throws IOException, InterruptedException {
    checkout.environment("JAVA_HOME", jdk("old", "17.0.1").toString());
    Files.delete(jdk("jdks/a", "26").resolve("bin/javac"));
    jdk("jdks/b", "25.0.2");
    checkout.environment("WROUGHT_JDKS", root.resolve("nothing") + ":" + root.resolve("jdks"));
    assertEquals("java 25.0.2\n", checkout.run(0, "version").out());
  }

  @Test
  void jdk_thatIsNowhere_isToldHowToGet() throws IOException, InterruptedException {
    checkout.environment("JAVA_HOME", jdk("old", "17.0.1").toString());
    checkout.environment("WROUGHT_JDKS", root.resolve("jdks").toString());
    String said = checkout.run(4, "version").err();
    assertTrue(said.contains("no JDK 25 or later (looked in JAVA_HOME, " + root), said);
    assertTrue(said.contains("apt-get install temurin-25-jdk"), said);
  }

  @Test
  void jdk_ofTheJavaOnThePath_isFound() throws IOException, InterruptedException {
    Path jdk = jdk("jdk", "25.0.9");
    Path links = Files.createDirectories(root.resolve("links"));
    Files.createSymbolicLink(links.resolve("java"), jdk.resolve("bin/java"));
    checkout.environment("JAVA_HOME", "");
    checkout.environment("PATH", links + ":" + System.getenv("PATH"));
    assertEquals("java 25.0.9\n", checkout.run(0, "version").out());
  }

  @ParameterizedTest
  @CsvSource({"TERM, 143", "INT, 130"})
  void rehearsal_whoseLauncherIsAskedToEnd_endsFirst(String signal, int code)
      throws IOException, InterruptedException {
    Path jdk =
        checkout.jdk(
            "jdk",
            "25.0.9",
            "trap 'touch ended; exit 1' TERM\necho rehearsing\nwhile :; do sleep 0.05; done");
    checkout.environment("JAVA_HOME", jdk.toString());
    Path rehearsed = root.resolve("target/command.rehearsed");
    Files.setLastModifiedTime(rehearsed, FileTime.from(Instant.EPOCH));
    CommandProcess version = checkout.start("version");
    version.awaitText(root.resolve("target/rehearsal.log"), "rehearsing");
    version.signal(signal);
    assertEquals(code, version.await(), version.err());
    assertTrue(Files.exists(root.resolve("ended")));
    assertEquals(Instant.EPOCH, Files.getLastModifiedTime(rehearsed).toInstant());
  }
}
