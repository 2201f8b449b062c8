package dev.wrought.benchmarks;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.IntArrayList;
import dev.wrought.core.tokenizer.Tokenizer;
import dev.wrought.core.tokenizer.TokenizerFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;

/**
 * Encodes a text that was not seen before, once: seconds. What it warms up with is another text of
 * the same kind.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
public class EncodeBenchmark {
  /** The documents of an iteration. */
  @State(Scope.Thread)
  public static class Text {
    /** Where the files lie that {@link TokenizerBenchmark} writes. */
    @Param("")
    public String folder;

    @Param({"code", "prose"})
    public String kind;

    private String[] warmUp = {};
    private String[] measured = {};
    private String[] documents = {};

    @Setup
    public void read() throws IOException {
      warmUp = Documents.read(Path.of(folder, kind + ".warm-up"));
      measured = Documents.read(Path.of(folder, kind));
    }

    @Setup(Level.Iteration)
    public void choose(IterationParams iteration) {
      documents = iteration.getType() == IterationType.WARMUP ? warmUp : measured;
    }

    Tokenizer tokenizer() {
      return TokenizerFile.read(Path.of(folder, TokenizerBenchmark.TOKENIZER));
    }

    Path huggingFaceTokenizer() {
      return Path.of(folder, TokenizerBenchmark.TOKENIZER_JSON);
    }
  }

  /** What came out: who gives the same ids has the same figures. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Ids {
    public long tokens;
    public long checksum;

    @Setup(Level.Iteration)
    public void clear() {
      tokens = 0;
      checksum = 0;
    }

    void add(int count, long hash) {
      tokens += count;
      checksum += hash & 0xFFFFFFFFL;
    }
  }

  /** A tokenizer of ours, which keeps what it learned while it warmed up. */
  @State(Scope.Thread)
  public static class Warm {
    private Tokenizer tokenizer;

    @Setup
    public void read(Text text) {
      tokenizer = text.tokenizer();
    }
  }

  /** One of ours that knows no words yet. */
  @State(Scope.Thread)
  public static class Cold {
    private Tokenizer tokenizer;

    @Setup(Level.Iteration)
    public void read(Text text) {
      tokenizer = text.tokenizer();
    }
  }

  /** JTokkit's, which remembers nothing. */
  @State(Scope.Thread)
  public static class JTokkit {
    private com.knuddels.jtokkit.api.Encoding encoding;

    @Setup
    public void open() {
      encoding = Encodings.newLazyEncodingRegistry().getEncoding(TokenizerBenchmark.VOCABULARY);
    }
  }

  /** Hugging Face's, by DJL, and the documents in batches of about a megabyte. */
  @State(Scope.Thread)
  public static class HuggingFace {
    private static final int BATCH_CHARACTERS = 1_000_000;

    private HuggingFaceTokenizer tokenizer;
    private final List<String[]> batches = new ArrayList<>();

    @Setup
    public void open(Text text) throws IOException {
      tokenizer =
          HuggingFaceTokenizer.newInstance(
              text.huggingFaceTokenizer(),
              Map.of("addSpecialTokens", "false", "padding", "false", "truncation", "false"));
    }

    @Setup(Level.Iteration)
    public void divide(Text text) {
      batches.clear();
      for (int from = 0, to = 0; from < text.documents.length; from = to) {
        for (int size = 0; to < text.documents.length && size < BATCH_CHARACTERS; to++) {
          size += text.documents[to].length();
        }
        batches.add(Arrays.copyOfRange(text.documents, from, to));
      }
    }

    @TearDown
    public void close() {
      tokenizer.close();
    }
  }

  @Benchmark
  public void wrought(Text text, Warm warm, Ids ids) {
    encode(text, warm.tokenizer, ids);
  }

  @Benchmark
  public void wroughtCold(Text text, Cold cold, Ids ids) {
    encode(text, cold.tokenizer, ids);
  }

  private static void encode(Text text, Tokenizer tokenizer, Ids ids) {
    for (String document : text.documents) {
      int[] encoded = tokenizer.encode(document);
      ids.add(encoded.length, Arrays.hashCode(encoded));
    }
  }

  @Benchmark
  public void jtokkit(Text text, JTokkit jtokkit, Ids ids) {
    for (String document : text.documents) {
      IntArrayList encoded = jtokkit.encoding.encodeOrdinary(document);
      int hash = 1;
      for (int i = 0; i < encoded.size(); i++) {
        hash = 31 * hash + encoded.get(i);
      }
      ids.add(encoded.size(), hash);
    }
  }

  @Benchmark
  public void huggingFace(HuggingFace huggingFace, Ids ids) {
    for (String[] batch : huggingFace.batches) {
      for (Encoding encoding : huggingFace.tokenizer.batchEncode(batch)) {
        int hash = 1;
        for (long id : encoding.getIds()) {
          hash = 31 * hash + (int) id;
        }
        ids.add(encoding.getIds().length, hash);
      }
    }
  }
}
