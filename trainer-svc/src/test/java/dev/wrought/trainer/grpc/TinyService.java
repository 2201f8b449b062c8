package dev.wrought.trainer.grpc;

import dev.wrought.core.artifact.DurableFiles;
import dev.wrought.trainer.TinyHome;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The service with a home of its own that holds a tiny dataset, and without a broker. */
public final class TinyService implements QuarkusTestProfile {
  static final Path HOME = Path.of("target", "it-home").toAbsolutePath();

  @Override
  public Map<String, String> getConfigOverrides() {
    try {
      DurableFiles.deleteFolder(HOME);
      TinyHome.make(Files.createDirectories(HOME));
      return Map.of(
          "wrought.home", HOME.toString(),
          "wrought.trainer.threads", "1",
          "kafka.bootstrap.servers", "127.0.0.1:1");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
