package dev.wrought.serving.sampling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.error.WroughtException;
import dev.wrought.core.plugin.PluginConfig;
import dev.wrought.core.plugin.PluginContext;
import dev.wrought.core.plugin.PluginRegistry;
import dev.wrought.core.plugin.Spi;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** examples/plugin-sampler, compiled from its sources and dropped in as a jar. */
class PluginSamplerExampleTest {
  private static final Path EXAMPLE =
      Path.of(System.getProperty("wrought.root", "..")).resolve("examples/plugin-sampler");

  @TempDir private Path scratch;
  private Path plugins;

  @BeforeEach
  void buildJar() throws IOException {
    plugins = Files.createDirectory(scratch.resolve("plugins"));
    Path classes = compile(EXAMPLE.resolve("src/main/java"));
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Wrought-Spi-Version", declaredVersion());
    try (OutputStream out = Files.newOutputStream(plugins.resolve("mine.jar"));
        JarOutputStream jar = new JarOutputStream(out, manifest)) {
      addAll(jar, classes);
      addAll(jar, EXAMPLE.resolve("src/main/resources"));
    }
  }

  @Test
  void theExample_declaresThisVersion() throws IOException {
    assertEquals(Integer.toString(Spi.VERSION), declaredVersion());
  }

  @Test
  void theExample_droppedIn_isUsedBesideTheBuiltInOne() {
    assertEquals(Set.of("mine", StandardSamplerFactory.NAME), registry().names());
    Sampler sampler = sampler("{minP: 1}");
    Logits logits = SamplerContract.logits(100, 5);
    assertEquals(
        logits.argMax(),
        sampler.sample(logits, SamplerContract.history(1), new SplittableRandom(1)));
  }

  @Test
  void theExample_withAMisspeltKey_saysWhatWasMeant() {
    WroughtException refused = assertThrows(WroughtException.class, () -> sampler("{minp: 1}"));
    assertTrue(String.valueOf(refused.getMessage()).contains("did you mean \"minP\"?"));
  }

  private Sampler sampler(String config) {
    return registry()
        .get("mine")
        .create(PluginConfig.parse(config, "sampler_config"), PluginContext.of(scratch));
  }

  private PluginRegistry<SamplerFactory> registry() {
    return PluginRegistry.load(SamplerFactory.class, plugins);
  }

  private static String declaredVersion() throws IOException {
    String pom = Files.readString(EXAMPLE.resolve("pom.xml"));
    return pom.replaceAll("(?s).*<Wrought-Spi-Version>(\\d+)</Wrought-Spi-Version>.*", "$1");
  }

  private Path compile(Path sources) throws IOException {
    Path classes = Files.createDirectory(scratch.resolve("classes"));
    List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", classes.toString()));
    arguments.addAll(List.of("-classpath", System.getProperty("java.class.path")));
    files(sources).forEach(source -> arguments.add(source.toString()));
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertEquals(0, status, "the example does not compile");
    return classes;
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
