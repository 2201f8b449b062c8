package dev.wrought.core.tokenizer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wrought.core.artifact.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * On tinyshakespeare, as one document, the trainer learns what Hugging Face's tokenizers 0.23.2
 * does ({@code train_tokenizer.py --vocabulary 8192} among the benchmarks' peers, on a folder with
 * the text).
 */
class BpeTrainerOracleTest {
  private static final Path TEXT =
      Path.of(System.getProperty("wrought.data", "missing")).resolve("text/tinyshakespeare.txt");

  @Test
  void train_tinyshakespeare_hasHuggingFacesMergesAndIds() throws IOException {
    assumeTrue(Files.exists(TEXT), "no folder of test data: set -Dwrought.data");
    WordCounts counts = new WordCounts();
    counts.add(Files.readAllBytes(TEXT));
    Tokenizer trained = BpeTrainer.train(counts, 8192, (merges, wanted) -> {});
    BpeModel model = (BpeModel) trained.parts().model();
    assertEquals(7828, model.merges());
    assertEquals(
        "fdd8b509d5c2dede9b0da443401b3d0fd3496059351b83e6a12b54f2156c2eb6",
        digestOfLines(model.merges(), rank -> model.leftOf(rank) + " " + model.rightOf(rank)));
    assertEquals(
        "88fbc858351fec73c7c2cf6f0e00cdfd0c57e2612a7e7956268199ac477264ce",
        digestOfLines(256 + model.merges(), id -> model.tokens().written(id)));
  }

  private static String digestOfLines(int count, IntFunction<String> line) {
    String lines =
        IntStream.range(0, count).mapToObj(i -> line.apply(i) + "\n").collect(Collectors.joining());
    return Sha256.of(lines.getBytes(UTF_8));
  }
}
