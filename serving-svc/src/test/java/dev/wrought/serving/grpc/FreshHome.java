package dev.wrought.serving.grpc;

import dev.wrought.serving.sampling.ExampleJar;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The service with an empty home of its own, the example's plugin, and little patience. */
public final class FreshHome implements QuarkusTestProfile {
  static final Path HOME = Path.of("target", "it-home").toAbsolutePath();

  @Override
  public Map<String, String> getConfigOverrides() {
    try {
      return Map.of(
          "wrought.home",
          Files.createDirectories(HOME).toString(),
          "wrought.plugins",
          ExampleJar.folder().toString(),
          "wrought.serving.reader-patience",
          "1S");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
