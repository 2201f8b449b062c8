package dev.wrought.benchmarks;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The arrows between modules and rooms, and the names that a room may not have. The picture is in
 * README.md.
 */
class HouseTest {
  private static final Path ROOT = Path.of(System.getProperty("wrought.root", ".."));
  private static final List<String> MODULES =
      List.of(
          "core",
          "torch",
          "edge",
          "tokenizer-svc",
          "trainer-svc",
          "eval-svc",
          "serving-svc",
          "cli",
          "cli/broker");
  private static final List<String> SERVICES = List.of("tokenizer", "trainer", "eval", "serving");

  /** Where a service meets what is outside of it. */
  private static final List<String> EDGE_ROOMS =
      List.of("grpc", "web", "openai", "operator", "backend", "store", "config", "ingest", "peer");

  private static final List<String> FRAMEWORKS =
      List.of(
          "io.quarkus..",
          "io.vertx..",
          "io.smallrye..",
          "jakarta..",
          "org.eclipse.microprofile..",
          "org.jboss..");

  private static final JavaClasses HOUSE = house();

  @Test
  void modules_dependOnOneAnother_onlyAlongTheArrows() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("dev.wrought..")
        .withOptionalLayers(true)
        .layer("proto")
        .definedBy("dev.wrought.proto..")
        .layer("core")
        .definedBy("dev.wrought.core..")
        .layer("torch")
        .definedBy("dev.wrought.torch..")
        .layer("edge")
        .definedBy("dev.wrought.edge..")
        .layer("tokenizer-svc")
        .definedBy("dev.wrought.tokenizer..")
        .layer("trainer-svc")
        .definedBy("dev.wrought.trainer..")
        .layer("eval-svc")
        .definedBy("dev.wrought.eval..")
        .layer("serving-svc")
        .definedBy("dev.wrought.serving..")
        .layer("cli")
        .definedBy("dev.wrought.cli..")
        .layer("broker")
        .definedBy("dev.wrought.broker..")
        .whereLayer("core")
        .mayNotAccessAnyLayer()
        .whereLayer("broker")
        .mayNotAccessAnyLayer()
        .whereLayer("proto")
        .mayNotAccessAnyLayer()
        .whereLayer("torch")
        .mayOnlyAccessLayers("core")
        .whereLayer("edge")
        .mayOnlyAccessLayers("core", "proto")
        .whereLayer("cli")
        .mayOnlyAccessLayers("core", "proto")
        .whereLayer("tokenizer-svc")
        .mayOnlyAccessLayers("edge", "core", "proto")
        .whereLayer("trainer-svc")
        .mayOnlyAccessLayers("edge", "core", "proto", "torch")
        .whereLayer("eval-svc")
        .mayOnlyAccessLayers("edge", "core", "proto")
        .whereLayer("serving-svc")
        .mayOnlyAccessLayers("edge", "core", "proto")
        .check(HOUSE);
  }

  @Test
  void rooms_ofAModule_haveNoCycles() {
    slices().matching("dev.wrought.(*).(*)..").should().beFreeOfCycles().check(HOUSE);
  }

  @Test
  void frameworks_stayAtTheEdge() {
    noClasses()
        .that()
        .resideOutsideOfPackages(edge())
        .should()
        .dependOnClassesThat(resideInAnyPackage(FRAMEWORKS.toArray(String[]::new)))
        .because("model code is read by people who do not know the framework")
        .check(HOUSE);
  }

  /** The command line is a client of the services from end to end. */
  @Test
  void calls_areMadeAndAnsweredAtTheEdge() {
    noClasses()
        .that()
        .resideOutsideOfPackages(edge())
        .and()
        .resideOutsideOfPackage("dev.wrought.cli..")
        .should()
        .dependOnClassesThat(resideInAPackage("io.grpc.."))
        .because("a room's own records and errors are not those of its transport")
        .check(HOUSE);
  }

  /** The edge module, generated code, and the rooms that are a service's outside. */
  private static String[] edge() {
    Stream<String> rooms =
        SERVICES.stream()
            .flatMap(service -> EDGE_ROOMS.stream().map(room -> service + "." + room))
            .map(room -> "dev.wrought." + room + "..");
    return Stream.concat(Stream.of("dev.wrought.edge..", "dev.wrought.proto.."), rooms)
        .toArray(String[]::new);
  }

  @Test
  void theCAbiOfLibtorch_isKnownInOneRoomOnly() {
    noClasses()
        .that()
        .resideInAPackage("dev.wrought.torch..")
        .and()
        .resideOutsideOfPackage("dev.wrought.torch.aten..")
        .should()
        .dependOnClassesThat(resideInAnyPackage("java.lang.foreign..", "ai.djl.pytorch.."))
        .because("the stable ABI will replace it, and nothing else may assume the first")
        .check(HOUSE);
  }

  @Test
  void operatorsOfLibtorch_takeAFixedNumberOfArguments() {
    List<String> variable =
        HOUSE.stream()
            .filter(type -> type.getPackageName().equals("dev.wrought.torch.aten"))
            .flatMap(type -> type.getMethods().stream())
            .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
            .filter(method -> method.reflect().isVarArgs())
            .map(JavaMethod::getFullName)
            .toList();
    assertEquals(List.of(), variable, "a wrong argument there is a crash of the process");
  }

  @Test
  void rooms_bearTheNamesOfTheirConcepts() {
    noClasses()
        .should()
        .resideInAnyPackage(
            "..util..", "..utils..", "..common..", "..impl..", "..dto..", "..helper..")
        .check(HOUSE);
    noClasses()
        .should()
        .haveNameMatching(".*(Manager|Helper|Util|Utils|Processor|Impl)")
        .orShould()
        .haveNameMatching(".*\\.(Abstract|Base)[A-Z]\\w*")
        .check(HOUSE);
  }

  @Test
  void classes_areNotLoadedByName() {
    noClasses()
        .should()
        .callMethod(Class.class, "forName", String.class)
        .orShould()
        .callMethod(Class.class, "forName", String.class, boolean.class, ClassLoader.class)
        .check(HOUSE);
  }

  @Test
  void everyRoom_saysWhatItIs() throws IOException {
    List<String> silent = new ArrayList<>();
    for (String module : MODULES) {
      Path sources = ROOT.resolve(module).resolve("src/main/java");
      try (Stream<Path> folders = Files.walk(sources)) {
        for (Path folder : folders.filter(Files::isDirectory).toList()) {
          if (hasClasses(folder) && !Files.exists(folder.resolve("package-info.java"))) {
            silent.add(ROOT.relativize(folder).toString());
          }
        }
      }
    }
    assertEquals(List.of(), silent, "rooms without a package-info.java");
  }

  @Test
  void theWholeHouse_isLookedAt() {
    for (String module : MODULES) {
      String room = "dev.wrought." + module.replace("-svc", "").replace("cli/", "");
      assertTrue(
          HOUSE.stream().anyMatch(type -> type.getPackageName().startsWith(room)),
          "no class of " + module + " was seen");
    }
  }

  private static boolean hasClasses(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(f -> f.toString().endsWith(".java"));
    }
  }

  private static JavaClasses house() {
    List<Path> classes =
        Stream.concat(Stream.of("proto"), MODULES.stream())
            .map(module -> ROOT.resolve(module).resolve("target/classes"))
            .filter(Files::isDirectory)
            .toList();
    return new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPaths(classes);
  }
}
