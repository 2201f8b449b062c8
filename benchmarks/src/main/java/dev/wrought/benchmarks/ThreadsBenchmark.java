package dev.wrought.benchmarks;

import dev.wrought.core.tokenizer.Tokenizer;
import dev.wrought.core.tokenizer.TokenizerFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * How much is encoded in a second, and how much is multiplied and added: what two threads do more
 * than one is what encoding gains, and what the machine gives at most.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class ThreadsBenchmark {
  private static final int PRODUCTS = 100_000;

  /** What all threads share. */
  @State(Scope.Benchmark)
  public static class Shared {
    /** Where the files lie that {@link TokenizerBenchmark} writes. */
    @Param("")
    public String folder;

    private Tokenizer tokenizer;
    private String[] documents = {};

    @Setup
    public void read() throws IOException {
      tokenizer = TokenizerFile.read(Path.of(folder, TokenizerBenchmark.TOKENIZER));
      documents = Documents.read(Path.of(folder, "code"));
    }
  }

  /** Which document a thread is at: each begins elsewhere. */
  @State(Scope.Thread)
  public static class Place {
    private int next;
    private double sum = 1;

    @Setup
    public void begin(Shared shared, ThreadParams thread) {
      next = shared.documents.length / thread.getThreadCount() * thread.getThreadIndex();
    }
  }

  @Benchmark
  public int encode(Shared shared, Place place) {
    place.next = (place.next + 1) % shared.documents.length;
    return shared.tokenizer.encode(shared.documents[place.next]).length;
  }

  @Benchmark
  public double multiply(Place place) {
    double sum = place.sum;
    for (int i = 0; i < PRODUCTS; i++) {
      sum = Math.fma(sum, 0.999_999, 1e-6);
    }
    place.sum = sum;
    return sum;
  }
}
