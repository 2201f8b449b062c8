package dev.wrought.core.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.plugin.greeting.GreeterFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginRegistryTest {
  /** A stranger's plugin: NAME and BODY are filled in. */
  private static final String SOURCE =
      """
      package org.stranger;

      import dev.wrought.core.config.AtLeast;
      import dev.wrought.core.config.Default;
      import dev.wrought.core.plugin.PluginConfig;
      import dev.wrought.core.plugin.PluginContext;
      import dev.wrought.core.plugin.greeting.GreeterFactory;

      public final class Mine implements GreeterFactory {
        record Config(@AtLeast(1) @Default("2") int times, @Default("Hi") String word) {}

        public String name() {
          return "NAME";
        }

        public Greeter create(PluginConfig config, PluginContext context) {
          Config settings = config.as(Config.class);
          return whom -> BODY;
        }
      }
      """;

  private static final String GREET = "(settings.word() + \" \").repeat(settings.times()) + whom";

  @TempDir Path scratch;
  private Path plugins;

  @BeforeEach
  void makeFolder() throws IOException {
    plugins = Files.createDirectory(scratch.resolve("plugins"));
  }

  @Test
  void load_withoutAFolder_findsTheHostsOwn() {
    PluginRegistry<GreeterFactory> registry =
        PluginRegistry.load(GreeterFactory.class, scratch.resolve("absent"));
    assertEquals(Set.of("polite"), registry.names());
    assertEquals("Dear reader", greet(registry, "polite", Map.of()));
  }

  @Test
  void load_aDroppedInJar_isUsedLikeABuiltInOne() throws IOException {
    jar("mine", GREET).builtAgainst("1").write(plugins.resolve("mine.jar"));
    PluginRegistry<GreeterFactory> registry = registry();
    assertEquals(Set.of("mine", "polite"), registry.names());
    assertEquals("Hi Hi reader", greet(registry, "mine", Map.of()));
    assertEquals("Yo reader", greet(registry, "mine", Map.of("word", "Yo", "times", 1)));
    assertNotSame(
        GreeterFactory.class.getClassLoader(), registry.get("mine").getClass().getClassLoader());
  }

  @Test
  void load_aDroppedInJarsSettings_areDecodedStrictly() throws IOException {
    jar("mine", GREET).builtAgainst("1").write(plugins.resolve("mine.jar"));
    WroughtException refused =
        assertThrows(
            WroughtException.class, () -> greet(registry(), "mine", Map.of("tims", 3, "times", 0)));
    assertEquals(ErrorCode.INVALID_ARGUMENT, refused.code());
    assertMessage(refused, "did you mean \"times\"?", "times: is 0; allowed: at least 1");
  }

  @Test
  void get_anUnknownName_listsTheKnownAndTheNearest() throws IOException {
    jar("mine", GREET).builtAgainst("1").write(plugins.resolve("mine.jar"));
    WroughtException unknown = assertThrows(WroughtException.class, () -> registry().get("polit"));
    assertEquals(ErrorCode.NOT_FOUND, unknown.code());
    assertEquals(
        "no greeter is called \"polit\"; did you mean \"polite\"? Allowed: mine, polite",
        unknown.getMessage());
  }

  @Test
  void load_aJarWithABuiltInsName_isRefusedNamingBothPlaces() throws IOException {
    Path jar = jar("polite", GREET).builtAgainst("1").write(plugins.resolve("mine.jar"));
    WroughtException refused = assertThrows(WroughtException.class, this::registry);
    assertEquals(ErrorCode.INVALID_PLUGIN, refused.code());
    assertMessage(refused, "\"polite\"", "the host itself", jar.toString());
  }

  @Test
  void load_twoJarsWithOneName_areRefusedNamingBoth() throws IOException {
    Path one = jar("mine", GREET).builtAgainst("1").write(plugins.resolve("one.jar"));
    Path two = jar("mine", GREET).builtAgainst("1").write(plugins.resolve("two.jar"));
    WroughtException refused = assertThrows(WroughtException.class, this::registry);
    assertMessage(refused, "\"mine\"", one.toString(), two.toString());
  }

  @Test
  void load_aJarForAnotherSpiVersion_isRefusedNamingBothVersions() throws IOException {
    Path jar = jar("mine", GREET).builtAgainst("7").write(plugins.resolve("mine.jar"));
    WroughtException refused = assertThrows(WroughtException.class, this::registry);
    assertEquals(ErrorCode.INVALID_PLUGIN, refused.code());
    assertMessage(refused, jar.toString(), "SPI version 7", "version 1");
  }

  @Test
  void load_aJarWithoutAVersion_isToldWhatToWrite() throws IOException {
    jar("mine", GREET).write(plugins.resolve("mine.jar"));
    WroughtException refused = assertThrows(WroughtException.class, this::registry);
    assertMessage(refused, "\"Wrought-Spi-Version: 1\"", "manifest");
  }

  @Test
  void load_aHostWithItsOwnVersion_takesJarsOfThatVersion() throws IOException {
    jar("mine", GREET).builtAgainst("2").write(plugins.resolve("mine.jar"));
    Spi<GreeterFactory> second = new Spi<>(GreeterFactory.class, 2, Set.of());
    assertEquals(Set.of("mine", "polite"), PluginRegistry.load(second, plugins).names());
  }

  @Test
  void load_aJarOfAnotherKind_isLeftToItsOwnHost() throws IOException {
    new TestJar(scratch)
        .provides(Runnable.class, "org.other.Thing")
        .write(plugins.resolve("a.jar"));
    assertEquals(Set.of("polite"), registry().names());
  }

  @Test
  void use_ofTheHostsInternals_isImpossible() throws IOException {
    jar("mine", "dev.wrought.core.error.ErrorCode.NOT_FOUND.name() + Sneaky.look()")
        .source(
            "org.stranger.Sneaky",
            """
            package org.stranger;

            final class Sneaky {
              static String look() {
                return dev.wrought.core.recipe.Precision.BF16.name();
              }
            }
            """)
        .builtAgainst("1")
        .write(plugins.resolve("mine.jar"));
    NoClassDefFoundError hidden =
        assertThrows(NoClassDefFoundError.class, () -> greet(registry(), "mine", Map.of()));
    assertTrue(hidden.toString().contains("dev/wrought/core/recipe/Precision"));
  }

  @Test
  void load_aJarThatNeedsTheHostsInternals_isRefusedWithTheReason() throws IOException {
    new TestJar(scratch)
        .source(
            "org.stranger.Mine",
            SOURCE
                .replace("NAME", "mine")
                .replace("BODY", GREET)
                .replace(
                    "public String name",
                    "private final Object recipe = dev.wrought.core.recipe.Precision.BF16;\n"
                        + "public String name"))
        .provides(GreeterFactory.class, "org.stranger.Mine")
        .builtAgainst("1")
        .write(plugins.resolve("mine.jar"));
    WroughtException refused = assertThrows(WroughtException.class, this::registry);
    assertMessage(
        refused, "mine.jar", "dev.wrought.core.recipe.Precision", "a plugin sees the JDK");
  }

  @Test
  void resources_ofTheHost_areHidden() throws IOException {
    jar("mine", GREET).builtAgainst("1").write(plugins.resolve("mine.jar"));
    ClassLoader loader = registry().get("mine").getClass().getClassLoader();
    String service = "META-INF/services/" + GreeterFactory.class.getName();
    assertEquals(1, loader.resources(service).count());
  }

  @Test
  void load_twoJars_doNotSeeEachOther() throws IOException {
    jar("mine", "Shared.word()")
        .source(
            "org.stranger.Shared",
            "package org.stranger; class Shared { static String word() { return \"one\"; } }")
        .builtAgainst("1")
        .write(plugins.resolve("one.jar"));
    jar("yours", "Shared.word()")
        .source(
            "org.stranger.Shared",
            "package org.stranger; class Shared { static String word() { return \"two\"; } }")
        .builtAgainst("1")
        .write(plugins.resolve("two.jar"));
    assertEquals("one", greet(registry(), "mine", Map.of()));
    assertEquals("two", greet(registry(), "yours", Map.of()));
  }

  @Test
  void load_whatIsNoJar_isRefused() throws IOException {
    Files.writeString(plugins.resolve("mine.jar"), "this is no jar");
    WroughtException refused = assertThrows(WroughtException.class, this::registry);
    assertEquals(ErrorCode.INVALID_PLUGIN, refused.code());
    assertMessage(refused, "mine.jar", "not a readable jar");
  }

  @Test
  void load_aProviderThatIsMissingOrFails_isRefused() throws IOException {
    new TestJar(scratch)
        .provides(GreeterFactory.class, "org.stranger.Missing")
        .builtAgainst("1")
        .write(plugins.resolve("mine.jar"));
    assertMessage(
        assertThrows(WroughtException.class, this::registry), "mine.jar", "org.stranger.Missing");
  }

  @Test
  void load_aNameThatNobodyCanWrite_isRefused() throws IOException {
    for (String name : List.of("Mine", "7b")) {
      jar(name, GREET).builtAgainst("1").write(plugins.resolve("mine.jar"));
      WroughtException refused = assertThrows(WroughtException.class, this::registry);
      assertMessage(refused, "\"" + name + "\"", "lower-case letters");
    }
  }

  private PluginRegistry<GreeterFactory> registry() {
    return PluginRegistry.load(GreeterFactory.class, plugins);
  }

  private TestJar jar(String name, String body) {
    return new TestJar(scratch)
        .source("org.stranger.Mine", SOURCE.replace("NAME", name).replace("BODY", body))
        .provides(GreeterFactory.class, "org.stranger.Mine");
  }

  private String greet(
      PluginRegistry<GreeterFactory> registry, String name, Map<String, ?> settings) {
    return registry
        .get(name)
        .create(PluginConfig.of(settings), PluginContext.of(scratch))
        .greet("reader");
  }

  private static void assertMessage(WroughtException failure, String... parts) {
    for (String part : parts) {
      assertTrue(
          String.valueOf(failure.getMessage()).contains(part),
          () -> "\"" + part + "\" is not in: " + failure.getMessage());
    }
  }
}
