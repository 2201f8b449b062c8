package dev.wrought.core.plugin;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a host offers to the plugins of one kind.
 *
 * @param kind the interface that they implement
 * @param version the version of that interface; a jar says in its manifest which one it was built
 *     against ({@code Wrought-Spi-Version}), and another one is refused
 * @param packages the host's packages that a jar may see, besides the JDK
 */
public record Spi<F extends NamedPlugin>(Class<F> kind, int version, Set<String> packages) {
  /** The version of every interface that was never broken since its first release. */
  public static final int VERSION = 1;

  private static final List<String> ALWAYS_SEEN =
      List.of(
          "dev.wrought.core.plugin",
          "dev.wrought.core.config",
          "dev.wrought.core.error",
          "org.jspecify.annotations");

  public Spi {
    Set<String> seen = new LinkedHashSet<>(ALWAYS_SEEN);
    seen.add(kind.getPackageName());
    seen.addAll(packages);
    packages = Set.copyOf(seen);
  }

  /** The kind at the current version, whose interface needs no package but its own. */
  public static <F extends NamedPlugin> Spi<F> of(Class<F> kind) {
    return new Spi<>(kind, VERSION, Set.of());
  }
}
