package dev.wrought.benchmarks;

import dev.wrought.core.artifact.Artifact;
import dev.wrought.core.artifact.ArtifactKind;
import dev.wrought.core.artifact.Artifacts;
import dev.wrought.core.dataset.DatasetFacts;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Building a dataset from a zip of documents, beside encoding the same documents from memory.
 *
 * @param folder that has the tokenizer
 */
record DatasetRow(Path folder, Rounds rounds, Consumer<BenchmarkRow> rows) {
  /** How many there are, ends of text included: for both sides the same. */
  private static final class Tokens {
    private long known;

    void mustBe(long count) {
      if (known != 0 && known != count) {
        throw new WroughtException(
            ErrorCode.INTERNAL_ERROR,
            "one side has %,d tokens, the other %,d".formatted(count, known));
      }
      known = count;
    }
  }

  void run() {
    JdkText text = JdkText.of(true);
    List<byte[]> documents =
        Stream.concat(text.code(Long.MAX_VALUE).stream(), text.prose(Long.MAX_VALUE).stream())
            .map(document -> document.getBytes(StandardCharsets.UTF_8))
            .toList();
    double megabytes = documents.stream().mapToLong(document -> document.length).sum() / 1e6;
    String title = "build a dataset from a zip of %.0f MB".formatted(megabytes);
    System.err.println(title);
    Path zip = folder.resolve("code.zip");
    write(zip, documents);
    Tokens tokens = new Tokens();
    Turns turns =
        Turns.measure(
            rounds.times(2),
            () -> secondsToBuild(zip, tokens),
            () -> secondsToEncode(documents, tokens));
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
  private double secondsToBuild(Path zip, Tokens tokens) {
    Path file = folder.resolve(TokenizerBenchmark.TOKENIZER_JSON);
    Tokenizer tokenizer = TokenizerFile.read(file);
    CorpusSpec corpus = new CorpusSpec(List.of(SourceSpec.of(zip.toString())), List.of(), false, 0);
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
      DatasetFacts facts = building.build(request, tokenizer, (_, _, _, _, _) -> {}).facts();
      double seconds = (System.nanoTime() - start) / 1e9;
      tokens.mustBe(facts.train().tokens() + facts.validation().tokens());
      return seconds;
    }
  }

  private double secondsToEncode(List<byte[]> documents, Tokens tokens) {
    Tokenizer tokenizer = TokenizerFile.read(folder.resolve(TokenizerBenchmark.TOKENIZER_JSON));
    AtomicInteger next = new AtomicInteger();
    long start = System.nanoTime();
    LongAdder encoded = new LongAdder();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads())) {
      List<Future<?>> encoders = new ArrayList<>();
      for (int thread = 0; thread < threads(); thread++) {
        encoders.add(pool.submit(() -> encoded.add(encode(documents, next, tokenizer))));
      }
      for (Future<?> encoder : encoders) {
        encoder.get();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new WroughtException(ErrorCode.CANCELLED, "the benchmark was interrupted", interrupted);
    } catch (ExecutionException failure) {
      throw new IllegalStateException("encoding failed", failure);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    tokens.mustBe(encoded.sum() + documents.size());
    return seconds;
  }

  private static long encode(List<byte[]> documents, AtomicInteger next, Tokenizer tokenizer) {
    long tokens = 0;
    for (int i = next.getAndIncrement(); i < documents.size(); i = next.getAndIncrement()) {
      tokens += tokenizer.encode(documents.get(i)).length;
    }
    return tokens;
  }

  private static int threads() {
    return Runtime.getRuntime().availableProcessors();
  }
}
