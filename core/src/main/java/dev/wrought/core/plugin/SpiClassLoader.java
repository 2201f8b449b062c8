package dev.wrought.core.plugin;

import java.util.Set;

/**
 * The parent of every plugin jar's class loader: the JDK, and of the host only the packages of the
 * interface. Nothing else of the host is found, neither classes nor resources.
 */
final class SpiClassLoader extends ClassLoader {
  private final ClassLoader host;
  private final Set<String> packages;

  SpiClassLoader(ClassLoader host, Set<String> packages) {
    super("plugin interfaces", ClassLoader.getPlatformClassLoader());
    this.host = host;
    this.packages = packages;
  }

  /** Asked by {@link ClassLoader#loadClass} after the JDK did not know the class. */
  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    int dot = name.lastIndexOf('.');
    if (dot > 0 && packages.contains(name.substring(0, dot))) {
      return host.loadClass(name);
    }
    throw new ClassNotFoundException(name);
  }
}
