package dev.wrought.tokenizer.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.tokenizer.BpeTrainer;
import dev.wrought.core.tokenizer.ModelKind;
import dev.wrought.core.tokenizer.PrunedWords;
import dev.wrought.core.tokenizer.VocabularySpec;
import dev.wrought.core.tokenizer.WordCounts;
import dev.wrought.tokenizer.corpus.Position;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnfinishedTrainingsTest {
  private static final VocabularySpec VOCABULARY = VocabularySpec.of(400);
  private static final String KEY = "0123";

  @TempDir Path home;
  private UnfinishedTrainings unfinished;
  private Path file;

  @BeforeEach
  void open() {
    unfinished = new UnfinishedTrainings(home);
    file = home.resolve("tokenizers/.unfinished").resolve(KEY);
  }

  @Test
  void find_nothingSaved_isEmpty() {
    assertTrue(unfinished.find(KEY, ModelKind.BPE, VOCABULARY).isEmpty());
    unfinished.forget(KEY);
    unfinished.discardAbandoned(Instant.now());
  }

  @Test
  void find_whatWasSaved_isTheSame() {
    Position position = new Position(7, 1L << 40, -3);
    PrunedWords pruned = new PrunedWords(1, 2, 3);
    unfinished.save(KEY, new TrainingState.Counting(position, counts(), pruned));
    TrainingState.Counting counting =
        (TrainingState.Counting) unfinished.find(KEY, ModelKind.BPE, VOCABULARY).orElseThrow();
    assertEquals(position, counting.position());
    assertEquals(pruned, counting.pruned());
    assertEquals(counts().distinctWords(), counting.counts().distinctWords());

    TrainingState.Facts facts = new TrainingState.Facts(9, Map.of("empty", 4L, "é", 5L), pruned);
    unfinished.save(KEY, new TrainingState.Merging(facts, BpeTrainer.of(counts(), VOCABULARY)));
    TrainingState.Merging merging =
        (TrainingState.Merging) unfinished.find(KEY, ModelKind.BPE, VOCABULARY).orElseThrow();
    assertEquals(facts, merging.facts());
    assertEquals(0, merging.trainer().merges());

    unfinished.forget(KEY);
    assertTrue(unfinished.find(KEY, ModelKind.BPE, VOCABULARY).isEmpty());
    assertFalse(Files.exists(file));
  }

  @Test
  void find_damagedFile_isIgnored() throws IOException {
    unfinished.save(KEY, state());
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x20;
      Files.write(file, damaged);
      assertTrue(unfinished.find(KEY, ModelKind.BPE, VOCABULARY).isEmpty(), "byte " + at);
      Files.write(file, Arrays.copyOf(whole, at));
      assertTrue(unfinished.find(KEY, ModelKind.BPE, VOCABULARY).isEmpty(), "cut after " + at);
    }
    Files.write(file, whole);
    assertTrue(unfinished.find(KEY, ModelKind.BPE, VOCABULARY).isPresent());
  }

  @Test
  void find_fileOfAnotherTraining_isIgnored() throws IOException {
    unfinished.save("4567", state());
    Files.move(file.resolveSibling("4567"), file);
    assertTrue(unfinished.find(KEY, ModelKind.BPE, VOCABULARY).isEmpty());
    unfinished.save(KEY, state());
    assertTrue(unfinished.find(KEY, ModelKind.BPE, VOCABULARY).isPresent());
  }

  @Test
  void save_whereNoFolderCanBe_isLoggedOnly() throws IOException {
    Files.writeString(home.resolve("tokenizers"), "in the way");
    unfinished.save(KEY, state());
    assertTrue(unfinished.find(KEY, ModelKind.BPE, VOCABULARY).isEmpty());
  }

  @Test
  void discardAbandoned_takesOldFilesOnly() throws IOException {
    Instant now = Instant.parse("2026-03-01T12:00:00Z");
    unfinished.save(KEY, state());
    unfinished.save("4567", state());
    Path temporary = Files.writeString(file.resolveSibling(".tmp-killed"), "half");
    for (Path old : new Path[] {file, temporary}) {
      Files.setLastModifiedTime(old, FileTime.from(now.minus(Duration.ofDays(8))));
    }
    unfinished.discardAbandoned(now.minus(Duration.ofDays(7)));
    assertFalse(Files.exists(file));
    assertFalse(Files.exists(temporary));
    assertTrue(unfinished.find("4567", ModelKind.BPE, VOCABULARY).isPresent());
  }

  private static TrainingState state() {
    return new TrainingState.Counting(Position.START.after(5), counts(), PrunedWords.NONE);
  }

  private static WordCounts counts() {
    WordCounts counts = new WordCounts();
    counts.add("a few words, a few words".getBytes(StandardCharsets.UTF_8));
    return counts;
  }
}
