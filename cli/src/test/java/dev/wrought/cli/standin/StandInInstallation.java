package dev.wrought.cli.standin;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/** A checkout with a recipe and with jars, each of which starts a stand-in. */
public final class StandInInstallation {
  /** A recipe as the demo reads it. */
  public static final String RECIPE =
      """
      apiVersion: wrought.dev/v1alpha1
      kind: TrainingRun
      metadata:
        name: demo
      spec:
        model: {preset: llama, layers: 4, width: 128, heads: 4, contextLength: 256}
        tokenizer: demo
        data: {mixture: [{dataset: demo, weight: 1.0}]}
        optimizer: {adamw: {learningRate: 2e-3}}
        schedule: {cosine: {warmupSteps: 30}}
        batch: {tokens: 4096, microBatchSequences: 16}
        duration: {time: 5m}
        validation: {everySteps: 100}
      """;

  private static final List<String> JARS =
      List.of(
          "cli/broker/target/broker.jar",
          "tokenizer-svc/target/quarkus-app/quarkus-run.jar",
          "trainer-svc/target/quarkus-app/quarkus-run.jar",
          "eval-svc/target/quarkus-app/quarkus-run.jar",
          "serving-svc/target/quarkus-app/quarkus-run.jar");

  private StandInInstallation() {}

  /** Writes all of it into an empty folder. */
  public static void write(Path root) throws IOException {
    for (String jar : JARS) {
      jar(root.resolve(jar));
    }
    recipe(root);
  }

  /** The recipe alone, for tests that start no processes. */
  public static void recipe(Path root) throws IOException {
    Files.createDirectories(root.resolve("recipes"));
    Files.writeString(root.resolve("recipes/demo.yaml"), RECIPE);
  }

  /** An empty jar whose class path is this test's. */
  private static void jar(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(Attributes.Name.MAIN_CLASS, StandIn.class.getName());
    attributes.put(Attributes.Name.CLASS_PATH, classPath());
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream _ = new JarOutputStream(out, manifest)) {
      out.flush();
    }
  }

  private static String classPath() {
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Arrays.stream(path.split(File.pathSeparator))
        .map(entry -> Path.of(entry).toUri().toString())
        .collect(Collectors.joining(" "));
  }
}
