package dev.wrought.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.classfile.ClassFile;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Picocli's own jar, whose classes are of Java 5. */
class ModernJarTest {
  private static final String WITHIN = "picocli/CommandLine.class";

  @TempDir Path folder;

  @Test
  void main_classesOfJava5_areOfThisJdkAndStillWork() throws Exception {
    Path jar = folder.resolve("picocli.jar");
    Files.copy(
        Path.of(CommandLine.class.getProtectionDomain().getCodeSource().getLocation().toURI()),
        jar);
    List<String> names = names(jar);
    ModernJar.main(new String[] {jar.toString()});
    assertEquals(names, names(jar));
    try (JarFile modern = new JarFile(jar.toFile())) {
      byte[] bytes = modern.getInputStream(modern.getEntry(WITHIN)).readAllBytes();
      assertEquals(ClassFile.latestMajorVersion(), ClassFile.of().parse(bytes).majorVersion());
    }
    URL[] path = {jar.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
      for (String name : names) {
        if (name.matches("picocli/[A-Z].*\\.class")) {
          // Initialised, and so verified.
          Class.forName(name.replace('/', '.').replace(".class", ""), true, loader);
        }
      }
    }
  }

  private static List<String> names(Path jar) throws Exception {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream().map(JarEntry::getName).toList();
    }
  }
}
