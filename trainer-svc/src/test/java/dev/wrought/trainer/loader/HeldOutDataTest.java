package dev.wrought.trainer.loader;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wrought.core.dataset.ShardWriter;
import dev.wrought.core.dataset.TokenShards;
import dev.wrought.core.tokenizer.BpeTrainer;
import dev.wrought.core.tokenizer.Tokenizer;
import dev.wrought.core.tokenizer.WordCounts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The denominators of loss and of bits per byte. */
final class HeldOutDataTest {
  private static final List<String> DOCUMENTS =
      List.of("Eisen glüht rot", "鉄は熱いうちに打て", "the iron, the fire, the hammer");
  @TempDir Path folder;

  private final Tokenizer tokenizer = tokenizer();

  private static Tokenizer tokenizer() {
    WordCounts counts = new WordCounts();
    DOCUMENTS.forEach(document -> counts.add(document.getBytes(StandardCharsets.UTF_8)));
    return BpeTrainer.train(counts, BpeTrainer.minimumVocabulary() + 4, (merges, wanted) -> {});
  }

  /** Every document with its end of text, in one row. */
  private int[] stream() {
    return DOCUMENTS.stream()
        .flatMapToInt(document ->
            IntStream.concat(
                Arrays.stream(tokenizer.encode(document)), IntStream.of(tokenizer.endOfTextId())))
        .toArray();
  }

  private HeldOutData read(int[] tokens, HeldOutData.Size size) throws IOException {
    Path prefix = folder.resolve("held-out");
    try (ShardWriter writer = ShardWriter.create(prefix, tokenizer.vocabularySize())) {
      writer.add(tokens);
      writer.finish();
    }
    try (TokenShards shards = TokenShards.open(prefix)) {
      return HeldOutData.read("d", shards, tokenizer, size);
    }
  }

  private static HeldOutData.Size size(long tokens, int sequences, int contextLength) {
    return new HeldOutData.Size(tokens, sequences, new Packing(contextLength, OptionalInt.empty()));
  }

  /** One window over everything: each token but the first is a target once. */
  @Test
  void bytes_ofAllTargets_areThoseOfTheTextWithoutItsEnds() throws IOException {
    int[] tokens = stream();
    int targets = tokens.length - 1;
    HeldOutData data = read(tokens, size(targets, 1, targets));
    assertEquals(targets, data.tokens());
    int text = String.join("", DOCUMENTS).getBytes(StandardCharsets.UTF_8).length;
    assertEquals(text - tokenizer.bytesOf(tokens[0]).length, data.bytes());
  }

  @Test
  void read_fewerTokensThanThereAre_fillsWholeBatchesFromTheStart() throws IOException {
    int[] tokens = stream();
    HeldOutData data = read(tokens, size(9, 2, 4)); // 9 tokens need 3 windows, 3 are 2 batches
    assertEquals(List.of(2, 2), data.batches().stream().map(MicroBatch::sequences).toList());
    assertEquals(16, data.tokens());
    assertArrayEquals(Arrays.copyOfRange(tokens, 0, 8), data.batches().getFirst().inputs());
    assertArrayEquals(Arrays.copyOfRange(tokens, 9, 17), data.batches().getLast().targets());
    assertEquals(
        Arrays.stream(tokens, 1, 17)
            .filter(id -> id != tokenizer.endOfTextId())
            .map(id -> tokenizer.bytesOf(id).length)
            .sum(),
        data.bytes());
  }

  @Test
  void read_splitIsShorter_takesWhatThereIs() throws IOException {
    int[] tokens = Arrays.copyOf(stream(), 14); // three windows of four, and one token over
    HeldOutData data = read(tokens, size(1000, 2, 4));
    assertEquals(List.of(2, 1), data.batches().stream().map(MicroBatch::sequences).toList());
    assertEquals(12, data.tokens());
  }
}
