package dev.wrought.core.plugin;

import static dev.wrought.core.plugin.PluginRegistry.refused;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the providers of one kind: first the host's own, then jar by jar in order of path. */
final class PluginFinder {
  private PluginFinder() {}

  static <F extends NamedPlugin> List<FoundPlugin<F>> find(Spi<F> spi, Path folder) {
    List<FoundPlugin<F>> found =
        new ArrayList<>(providers(spi.kind(), spi.kind().getClassLoader(), "the host itself"));
    for (Path jar : jars(folder)) {
      PluginJar.open(jar, spi)
          .ifPresent(loader -> found.addAll(providers(spi.kind(), loader, jar.toString())));
    }
    return found;
  }

  private static <F extends NamedPlugin> List<FoundPlugin<F>> providers(
      Class<F> kind, @Nullable ClassLoader loader, String place) {
    try {
      return ServiceLoader.load(kind, loader).stream()
          .map(provider -> new FoundPlugin<>(provider.get(), place))
          .toList();
    } catch (ServiceConfigurationError | LinkageError broken) {
      throw new WroughtException(
          ErrorCode.INVALID_PLUGIN,
          "%s: its %s cannot be loaded: %s%s"
              .formatted(place, kind.getSimpleName(), reason(broken), remedy(broken)),
          broken);
    }
  }

  private static Throwable root(Throwable failure) {
    Throwable cause = failure.getCause();
    return cause == null || cause == failure ? failure : root(cause);
  }

  private static String reason(Throwable broken) {
    Throwable root = root(broken);
    return root instanceof ServiceConfigurationError
        ? String.valueOf(root.getMessage())
        : root.toString();
  }

  private static String remedy(Throwable broken) {
    return root(broken) instanceof ClassNotFoundException
        ? "; a plugin sees the JDK, the packages of its interface and its own jar, nothing else"
        : "";
  }

  /** The jars of a folder in order of path; none where there is no folder. */
  static List<Path> jars(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw refused("the plugins folder " + folder + " cannot be read: " + e.getMessage());
    }
  }
}
