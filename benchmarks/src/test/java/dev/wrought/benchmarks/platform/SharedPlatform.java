package dev.wrought.benchmarks.platform;

import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the platform: started for the first class that asks, taken down when the last test of
 * the JVM is done. If it does not start, every class is told so, and it is not tried again.
 */
final class SharedPlatform implements BeforeAllCallback, ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(SharedPlatform.class);

  /** The one start. */
  private record Start(Optional<PlatformUnderTest> platform, Optional<RuntimeException> failure)
      implements AutoCloseable {
    static Start attempt() {
      try {
        return new Start(Optional.of(PlatformUnderTest.start()), Optional.empty());
      } catch (RuntimeException failure) {
        return new Start(Optional.empty(), Optional.of(failure));
      }
    }

    PlatformUnderTest result() {
      failure.ifPresent(reason -> {
        throw new IllegalStateException("the platform did not start", reason);
      });
      return platform.orElseThrow();
    }

    @Override
    public void close() {
      platform.ifPresent(PlatformUnderTest::close);
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    Jars.assumeBuilt();
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
        .computeIfAbsent(Start.class, type -> Start.attempt(), Start.class)
        .result();
  }
}
