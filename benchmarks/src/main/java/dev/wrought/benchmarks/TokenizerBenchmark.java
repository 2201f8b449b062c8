package dev.wrought.benchmarks;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.EncodingType;
import dev.wrought.core.tokenizer.TokenizerFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Encoding, training and the building of datasets, on text that every JDK brings along. */
final class TokenizerBenchmark implements Benchmark {
  static final EncodingType VOCABULARY = EncodingType.CL100K_BASE;

  /** In the folder of the benchmark, what all sides read. */
  static final String TOKENIZER = "tokenizer.json";

  @Override
  public int defaultRounds() {
    return 5;
  }

  @Override
  public void run(Rounds rounds, Consumer<BenchmarkRow> rows) {
    try (TemporaryFolder folder = TemporaryFolder.make()) {
      writeTokenizer(folder.path());
      new EncodeRows(folder.path(), rounds, rows).run();
      new DatasetRow(folder.path(), rounds, rows).run();
      new TokenizerTrainRows(folder.path(), rounds, rows).run();
    }
  }

  private static void writeTokenizer(Path folder) {
    String name = VOCABULARY.getName() + ".tiktoken";
    Path file = folder.resolve(name);
    try (InputStream vocabulary = Encodings.class.getResourceAsStream(name)) {
      Files.copy(vocabulary, file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    TokenizerFile.write(TokenizerFile.read(file), folder.resolve(TOKENIZER));
  }
}
