package dev.wrought.core.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.artifact.Sha256;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetTest {
  @TempDir Path folder;

  @Test
  void open_whatWasSealed_isEqualAndReads() throws IOException {
    Dataset sealed = seal();
    Dataset opened = Dataset.open(folder);
    assertEquals(sealed, opened);
    opened.verify();
    try (TokenShards train = opened.train();
        TokenShards validation = opened.validation()) {
      assertArrayEquals(new int[] {1, 2, 0}, train.document(0));
      assertEquals(1, validation.documents());
    }
  }

  @Test
  void digest_isWhatSha256sumOfTheSumsPrints() throws IOException {
    Dataset sealed = seal();
    StringBuilder sums = new StringBuilder();
    for (String file :
        List.of("tokenizer.json", "train.bin", "train.idx", "validation.bin", "validation.idx")) {
      sums.append(Sha256.of(folder.resolve(file))).append("  ").append(file).append('\n');
    }
    assertEquals(Sha256.of(sums.toString().getBytes(StandardCharsets.UTF_8)), sealed.digest());
  }

  @Test
  void seal_severalShards_takesTheirDigestsInOrder() throws IOException {
    seal();
    Path second = TokenShards.shardPrefix(Dataset.trainPrefix(folder), 1);
    Map<String, String> known;
    try (ShardWriter writer = ShardWriter.create(second, 300)) {
      writer.add(new int[] {6, 0});
      known = writer.finish();
    }
    DatasetFacts facts =
        new DatasetFacts(
            "tiny",
            "2026-01-02T03:04:05Z",
            TinyDataset.FACTS.tokenizer(),
            TinyDataset.FACTS.corpus(),
            new SplitCounts(3, 7, 13, 4),
            TinyDataset.FACTS.validation(),
            Map.of());
    Dataset sealed = Dataset.seal(folder, facts, known);
    assertEquals(
        List.of(
            "tokenizer.json",
            "train.bin",
            "train.idx",
            "train-00001.bin",
            "train-00001.idx",
            "validation.bin",
            "validation.idx"),
        List.copyOf(sealed.files().keySet()));
    assertEquals(sealed, Dataset.seal(folder, facts));
    Dataset opened = Dataset.open(folder);
    assertEquals(sealed, opened);
    opened.verify();
    try (TokenShards train = opened.train()) {
      assertArrayEquals(new int[] {6, 0}, train.document(2));
    }
    Files.delete(folder.resolve("train-00001.bin"));
    Files.delete(folder.resolve("train-00001.idx"));
    assertThrows(WroughtException.class, () -> opened.train().close());
  }

  @Test
  void ratios_countTextTokensOnly() throws IOException {
    DatasetFacts facts = seal().facts();
    // 8 tokens, of which 3 end documents; 5 words, 20 bytes.
    assertEquals(100, facts.wordsPer100Tokens());
    assertEquals(4, facts.bytesPerToken());
  }

  @Test
  void train_countsThatContradictTheShards_areRefused() throws IOException {
    seal();
    Path facts = folder.resolve(Dataset.FACTS_FILE);
    Files.writeString(
        facts, Files.readString(facts).replace("\"documents\" : 2,", "\"documents\" : 1,"));
    WroughtException damaged =
        assertThrows(WroughtException.class, () -> Dataset.open(folder).train().close());
    assertEquals(ErrorCode.CORRUPT_FILE, damaged.code());
  }

  @Test
  void open_damagedFacts_isRefused() throws IOException {
    assertOpenFails(ErrorCode.CORRUPT_FILE);
    String intact = Files.readString(writeFacts());
    for (String damaged :
        List.of(
            "{",
            intact.replace("\"train.bin\" : \"", "\"train.bin\" : \"0"),
            intact.replace("\"tokenizer\" :", "\"tokeniser\" :"),
            intact.replace("\"bytes\" : 12", "\"bytes\" : -12"))) {
      Files.writeString(folder.resolve(Dataset.FACTS_FILE), damaged);
      assertOpenFails(ErrorCode.CORRUPT_FILE);
    }
    Files.writeString(
        folder.resolve(Dataset.FACTS_FILE),
        intact.replace("\"formatVersion\" : 1", "\"formatVersion\" : 2"));
    assertOpenFails(ErrorCode.FAILED_PRECONDITION);
  }

  /** Weights and near duplicates came later. */
  @Test
  void open_factsOfAnOlderVersion_takeWhatTheyLackForUnasked() throws IOException {
    String newer = Files.readString(writeFacts());
    String older =
        newer
            .replaceAll("(?m),\\s*\"weight\" : 1.0", "")
            .replaceAll("\"nearDuplicates\" : 0.0,", "");
    assertTrue(older.length() < newer.length() - 40, older);
    Dataset expected = Dataset.open(folder);
    Files.writeString(folder.resolve(Dataset.FACTS_FILE), older);
    assertEquals(expected, Dataset.open(folder));
  }

  private void assertOpenFails(ErrorCode code) {
    WroughtException refused = assertThrows(WroughtException.class, () -> Dataset.open(folder));
    assertEquals(code, refused.code(), refused.getMessage());
  }

  private Path writeFacts() throws IOException {
    seal();
    return folder.resolve(Dataset.FACTS_FILE);
  }

  private Dataset seal() throws IOException {
    return TinyDataset.seal(folder);
  }
}
