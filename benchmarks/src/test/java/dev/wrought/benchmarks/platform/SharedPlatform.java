package dev.wrought.benchmarks.platform;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the platform: started for the first class that asks, taken down when the last test of
 * the JVM is done.
 */
final class SharedPlatform implements BeforeAllCallback, ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(SharedPlatform.class);

  @Override
  public void beforeAll(ExtensionContext context) {
    List<Path> missing = Jars.missing();
    assumeTrue(
        missing.isEmpty(),
        () -> "not built: %s (./wrought test builds everything)".formatted(missing));
    platform(context);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == PlatformUnderTest.class;
  }

  @Override
  public PlatformUnderTest resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return platform(context);
  }

  /** JUnit closes what lies in the root's store when everything has run. */
  private static PlatformUnderTest platform(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(
            PlatformUnderTest.class, type -> PlatformUnderTest.start(), PlatformUnderTest.class);
  }
}
