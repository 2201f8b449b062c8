package dev.wrought.tokenizer.grpc;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The service with an empty home of its own. */
public final class FreshHome implements QuarkusTestProfile {
  static final Path HOME = Path.of("target", "it-home").toAbsolutePath();

  @Override
  public Map<String, String> getConfigOverrides() {
    try {
      return Map.of("wrought.home", Files.createDirectories(HOME).toString());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
