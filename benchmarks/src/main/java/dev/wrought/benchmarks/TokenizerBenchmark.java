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

  /** In the folder of the benchmark, the vocabulary as it was published. */
  static final String TOKENIZER = VOCABULARY.getName() + ".tiktoken";

  /** The same as Hugging Face's library reads it, and as datasets have it. */
  static final String TOKENIZER_JSON = "tokenizer.json";

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
    Path file = folder.resolve(TOKENIZER);
    try (InputStream vocabulary = Encodings.class.getResourceAsStream(TOKENIZER)) {
      Files.copy(vocabulary, file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    TokenizerFile.write(TokenizerFile.read(file), folder.resolve(TOKENIZER_JSON));
  }
}
