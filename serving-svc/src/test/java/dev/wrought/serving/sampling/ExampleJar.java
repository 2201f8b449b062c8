package dev.wrought.serving.sampling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wrought.core.artifact.DurableFiles;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * The jar of examples/plugin-sampler, made from its sources against the two artifacts of ours that
 * its pom names, and nothing else.
 */
public final class ExampleJar {
  private static final Path EXAMPLE =
      Path.of(System.getProperty("wrought.root", "..")).resolve("examples/plugin-sampler");
  private static final Pattern ARTIFACT =
      Pattern.compile(".*/(core|serving-svc)(/target/classes|-[0-9.]+\\.jar)");

  private ExampleJar() {}

  /** The SPI version that the example's pom puts into the jar's manifest. */
  public static String declaredVersion() throws IOException {
    String pom = Files.readString(EXAMPLE.resolve("pom.xml"));
    return pom.replaceAll("(?s).*<Wrought-Spi-Version>(\\d+)</Wrought-Spi-Version>.*", "$1");
  }

  /** A plugins folder with the jar alone; made anew when anything that it is made of is newer. */
  public static Path folder() throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "example-plugins").toAbsolutePath());
    Path jar = folder.resolve("mine.jar");
    if (!Files.exists(jar) || isOlder(jar)) {
      Path unfinished = folder.resolve("mine.tmp");
      write(unfinished);
      Files.move(unfinished, jar, StandardCopyOption.REPLACE_EXISTING);
    }
    return folder;
  }

  private static void write(Path jar) throws IOException {
    Path classes = Files.createTempDirectory("example-classes");
    compile(EXAMPLE.resolve("src/main/java"), classes);
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Wrought-Spi-Version", declaredVersion());
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream zip = new JarOutputStream(out, manifest)) {
      addAll(zip, classes);
      addAll(zip, EXAMPLE.resolve("src/main/resources"));
    }
    DurableFiles.deleteFolder(classes);
  }

  private static boolean isOlder(Path jar) throws IOException {
    FileTime written = Files.getLastModifiedTime(jar);
    List<Path> origins = new ArrayList<>(List.of(EXAMPLE));
    Arrays.stream(artifacts().split(File.pathSeparator)).map(Path::of).forEach(origins::add);
    for (Path origin : origins) {
      for (Path file : files(origin)) {
        if (Files.getLastModifiedTime(file).compareTo(written) > 0) {
          return true;
        }
      }
    }
    return false;
  }

  private static void compile(Path sources, Path classes) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", classes.toString()));
    arguments.addAll(List.of("-classpath", artifacts()));
    files(sources).forEach(source -> arguments.add(source.toString()));
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertEquals(0, status, "the example does not compile");
  }

  private static String artifacts() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> ARTIFACT.matcher(entry).matches())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static void addAll(JarOutputStream jar, Path folder) throws IOException {
    for (Path file : files(folder)) {
      jar.putNextEntry(new JarEntry(folder.relativize(file).toString()));
      Files.copy(file, jar);
      jar.closeEntry();
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
