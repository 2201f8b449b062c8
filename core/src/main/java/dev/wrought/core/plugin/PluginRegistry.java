package dev.wrought.core.plugin;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.Nearest;
import dev.wrought.core.error.WroughtException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The plugins of one kind by name: the host's own and those of the jars in {@code plugins/}, all
 * through the same door. Immutable and thread-safe.
 *
 * <p>A jar's class loader lives as long as the registry.
 */
public final class PluginRegistry<F extends NamedPlugin> {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9.-]*");

  private final Class<F> kind;
  private final SortedMap<String, F> plugins = new TreeMap<>();

  private PluginRegistry(Class<F> kind, List<FoundPlugin<F>> found) {
    this.kind = kind;
    Map<String, String> places = new TreeMap<>();
    for (FoundPlugin<F> each : found) {
      String name = each.plugin().name();
      checkName(name, each.place());
      String taken = places.putIfAbsent(name, each.place());
      if (taken != null) {
        throw refused(
            "two plugins of kind %s are called \"%s\": one in %s, one in %s; remove or rename one"
                .formatted(kind.getSimpleName(), name, taken, each.place()));
      }
      plugins.put(name, each.plugin());
    }
  }

  /**
   * Finds the plugins of a kind at the current SPI version.
   *
   * @param folder where dropped-in jars lie; need not exist
   * @throws WroughtException INVALID_PLUGIN if a jar cannot be used or a name is taken twice
   */
  public static <F extends NamedPlugin> PluginRegistry<F> load(Class<F> kind, Path folder) {
    return load(Spi.of(kind), folder);
  }

  /** Finds the plugins of a kind whose host has its own SPI version, or shows more packages. */
  public static <F extends NamedPlugin> PluginRegistry<F> load(Spi<F> spi, Path folder) {
    return new PluginRegistry<>(spi.kind(), PluginFinder.find(spi, folder));
  }

  /**
   * The plugin with this name.
   *
   * @throws WroughtException NOT_FOUND, listing the known names and the nearest
   */
  public F get(String name) {
    F plugin = plugins.get(name);
    if (plugin == null) {
      throw new WroughtException(
          ErrorCode.NOT_FOUND,
          "no %s is called \"%s\"%s"
              .formatted(label(), name, Nearest.allowed(name, plugins.keySet())));
    }
    return plugin;
  }

  /** The kind as users call it: a CorpusSourceFactory makes a "corpus source". */
  private String label() {
    return kind.getSimpleName()
        .replaceFirst("Factory$", "")
        .replaceAll("(?<=.)(?=[A-Z])", " ")
        .toLowerCase(Locale.ROOT);
  }

  /** The known names, sorted. */
  public Set<String> names() {
    return Collections.unmodifiableSet(plugins.keySet());
  }

  /** The known plugins, sorted by name. */
  public Collection<F> all() {
    return List.copyOf(plugins.values());
  }

  private void checkName(String name, String place) {
    if (!NAME.matcher(name).matches()) {
      throw refused(
          "a %s in %s is called \"%s\"; allowed: lower-case letters, digits, dots and hyphens, a"
                  .formatted(kind.getSimpleName(), place, name)
              + " letter first");
    }
  }

  /**
   * Opens each jar and closes it, before anything is started that would need it.
   *
   * @param folder where dropped-in jars lie; need not exist
   * @throws WroughtException INVALID_PLUGIN if one is no readable jar
   */
  public static void checkReadable(Path folder) {
    PluginFinder.jars(folder).forEach(PluginJar::checkReadable);
  }

  static WroughtException refused(String message) {
    return new WroughtException(ErrorCode.INVALID_PLUGIN, message);
  }
}
