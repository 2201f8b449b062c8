package dev.wrought.core.plugin;

import static dev.wrought.core.plugin.PluginRegistry.refused;

import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/** A jar that was dropped into {@code plugins/}. */
final class PluginJar {
  /** The manifest's attribute that says which version of the interfaces a jar was built against. */
  static final String VERSION_ATTRIBUTE = "Wrought-Spi-Version";

  private PluginJar() {}

  /**
   * A class loader for the jar's providers of this kind; empty if it has none: then the jar is
   * meant for another service.
   *
   * @throws WroughtException if it was built against another version
   */
  static Optional<ClassLoader> open(Path jar, Spi<?> spi) {
    try (JarFile file = new JarFile(jar.toFile())) {
      if (file.getEntry("META-INF/services/" + spi.kind().getName()) == null) {
        return Optional.empty();
      }
      checkVersion(jar, declaredVersion(file.getManifest()), spi);
      return Optional.of(loader(jar, spi));
    } catch (IOException e) {
      throw unreadable(jar, e);
    }
  }

  static void checkReadable(Path jar) {
    try (JarFile _ = new JarFile(jar.toFile())) {
      return;
    } catch (IOException e) {
      throw unreadable(jar, e);
    }
  }

  private static WroughtException unreadable(Path jar, IOException failure) {
    return refused(
        "%s is not a readable jar: %s; mend or remove it".formatted(jar, failure.getMessage()));
  }

  private static Optional<String> declaredVersion(@Nullable Manifest manifest) {
    return Optional.ofNullable(manifest)
        .map(present -> present.getMainAttributes().getValue(VERSION_ATTRIBUTE));
  }

  private static void checkVersion(Path jar, Optional<String> declared, Spi<?> spi) {
    String version =
        declared.orElseThrow(() ->
            refused(
                "%s does not say which SPI version it was built against; this host has %d: put"
                        .formatted(jar, spi.version())
                    + " \"%s: %d\" into its manifest".formatted(VERSION_ATTRIBUTE, spi.version())));
    if (!version.strip().equals(Integer.toString(spi.version()))) {
      throw refused(
          "%s was built against SPI version %s of %s; this host has version %d: use a build for it"
              .formatted(jar, version.strip(), spi.kind().getSimpleName(), spi.version()));
    }
  }

  private static ClassLoader loader(Path jar, Spi<?> spi) throws MalformedURLException {
    URI uri = jar.toUri();
    ClassLoader host = spi.kind().getClassLoader();
    return new URLClassLoader(
        "plugin " + jar.getFileName(),
        new URL[] {uri.toURL()},
        new SpiClassLoader(host, spi.packages()));
  }
}
