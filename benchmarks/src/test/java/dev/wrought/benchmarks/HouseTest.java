package dev.wrought.benchmarks;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
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
          "cli");
  private static final List<String> FRAMEWORKS =
      List.of(
          "io.quarkus..", "io.vertx..", "io.smallrye..", "jakarta..", "org.eclipse.microprofile..");

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
        .whereLayer("core")
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
    ArchRule rule =
        noClasses()
            .that()
            .resideInAnyPackage(
                "dev.wrought.core..",
                "dev.wrought.torch..",
                "dev.wrought.cli..",
                "dev.wrought.tokenizer.training..",
                "dev.wrought.tokenizer.corpus..",
                "dev.wrought.tokenizer.build..",
                "dev.wrought.trainer.run..",
                "dev.wrought.trainer.worker..",
                "dev.wrought.trainer.objective..",
                "dev.wrought.trainer.schedule..",
                "dev.wrought.trainer.loader..",
                "dev.wrought.trainer.loop..",
                "dev.wrought.trainer.guard..",
                "dev.wrought.eval.loss..",
                "dev.wrought.serving.engine..",
                "dev.wrought.serving.kernel..",
                "dev.wrought.serving.weights..",
                "dev.wrought.serving.sampling..",
                "dev.wrought.serving.generation..",
                "dev.wrought.serving.scoring..",
                "dev.wrought.serving.models..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(FRAMEWORKS.toArray(String[]::new)))
            .because("model code is read by people who do not know the framework");
    rule.check(HOUSE);
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
      String room = "dev.wrought." + module.replace("-svc", "");
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
