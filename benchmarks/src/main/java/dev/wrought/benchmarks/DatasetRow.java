package dev.wrought.benchmarks;

import dev.wrought.core.artifact.Artifact;
import dev.wrought.core.artifact.ArtifactKind;
import dev.wrought.core.artifact.Artifacts;
import dev.wrought.core.plugin.PluginContext;
import dev.wrought.core.tokenizer.Tokenizer;
import dev.wrought.core.tokenizer.TokenizerFile;
import dev.wrought.tokenizer.build.BuildRequest;
import dev.wrought.tokenizer.build.BuildSettings;
import dev.wrought.tokenizer.build.DatasetBuilding;
import dev.wrought.tokenizer.build.UnfinishedBuilds;
import dev.wrought.tokenizer.corpus.CorpusPlugins;
import dev.wrought.tokenizer.corpus.CorpusSpec;
import dev.wrought.tokenizer.corpus.SourceSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Building a dataset from a zip of documents, beside encoding the same documents from memory.
 *
 * @param folder that has the tokenizer
 */
record DatasetRow(Path folder, Rounds rounds, Consumer<BenchmarkRow> rows) {
  private static final long BYTES = 180_000_000;

  void run() {
    String title = "build a dataset from a zip of %d MB".formatted(BYTES / 1_000_000);
    System.err.println(title);
    List<byte[]> documents =
        JdkText.of(true).code(BYTES).stream()
            .map(document -> document.getBytes(StandardCharsets.UTF_8))
            .toList();
    Path zip = folder.resolve("code.zip");
    write(zip, documents);
    Turns turns =
        Turns.measure(rounds, () -> secondsToBuild(zip), () -> secondsToEncode(documents));
    double megabytes = documents.stream().mapToLong(document -> document.length).sum() / 1e6;
    rows.accept(
        new BenchmarkRow(
            title,
            "MB/s",
            megabytes / turns.ours(),
            Optional.of(
                new BenchmarkRow.Peer("encoding alone", megabytes / turns.peers(), turns.ratio())),
            OptionalDouble.of(0.6),
            OptionalDouble.empty()));
  }

  private static void write(Path zip, List<byte[]> documents) {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (int number = 0; number < documents.size(); number++) {
        out.putNextEntry(new ZipEntry(number + ".java"));
        out.write(documents.get(number));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** With a tokenizer that knows no words yet, as the other side's. */
  private double secondsToBuild(Path zip) {
    Path file = folder.resolve(TokenizerBenchmark.TOKENIZER);
    Tokenizer tokenizer = TokenizerFile.read(file);
    CorpusSpec corpus = new CorpusSpec(List.of(SourceSpec.of(zip.toString())), List.of(), true, 0);
    Artifact made =
        new Artifact(ArtifactKind.TOKENIZER, "made", Optional.empty(), file, Instant.EPOCH);
    BuildRequest request =
        new BuildRequest("made", made, corpus, BuildRequest.DEFAULT_VALIDATION_FRACTION);
    Clock clock = Clock.systemUTC();
    try (TemporaryFolder home = TemporaryFolder.make()) {
      DatasetBuilding building =
          new DatasetBuilding(
              new Artifacts(home.path()),
              new CorpusPlugins(
                  home.path().resolve("plugins"), new PluginContext(clock, home.path())),
              new UnfinishedBuilds(home.path()),
              clock,
              new BuildSettings(threads(), BuildSettings.USUAL_SHARD_TOKENS));
      long start = System.nanoTime();
      building.build(request, tokenizer, (_, _, _, _, _) -> {});
      return (System.nanoTime() - start) / 1e9;
    }
  }

  private double secondsToEncode(List<byte[]> documents) {
    Tokenizer tokenizer = TokenizerFile.read(folder.resolve(TokenizerBenchmark.TOKENIZER));
    AtomicInteger next = new AtomicInteger();
    long start = System.nanoTime();
    List<Thread> encoders =
        IntStream.range(0, threads())
            .mapToObj(_ -> Thread.ofPlatform().start(() -> encode(documents, next, tokenizer)))
            .toList();
    for (Thread encoder : encoders) {
      try {
        encoder.join();
      } catch (InterruptedException stopped) {
        throw new IllegalStateException("interrupted while encoding", stopped);
      }
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static void encode(List<byte[]> documents, AtomicInteger next, Tokenizer tokenizer) {
    for (int i = next.getAndIncrement(); i < documents.size(); i = next.getAndIncrement()) {
      int[] _ = tokenizer.encode(documents.get(i));
    }
  }

  private static int threads() {
    return Runtime.getRuntime().availableProcessors();
  }
}
