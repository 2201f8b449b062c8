package dev.wrought.eval.grpc;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The service with an empty home of its own, no broker, and a serving-svc that is a formula. */
public final class AloneProfile implements QuarkusTestProfile {
  @Override
  public Map<String, String> getConfigOverrides() {
    try {
      Path home = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "it-home-");
      return Map.of("wrought.home", home.toString(), "kafka.bootstrap.servers", "127.0.0.1:1");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public List<TestResourceEntry> testResources() {
    return List.of(new TestResourceEntry(FakeServing.class));
  }
}
