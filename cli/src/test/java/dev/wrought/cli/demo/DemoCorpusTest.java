package dev.wrought.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.proto.tokenizer.v1.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCorpusTest {
  @TempDir private Path folder;

  @Test
  void corpus_ofAJdk_isItsSourcesWithJavaPrompts() throws IOException {
    Path zip = Files.createDirectories(folder.resolve("lib")).resolve("src.zip");
    Files.writeString(zip, "PK");
    DemoCorpus corpus = DemoCorpus.ofJdk(folder);
    assertEquals(zip, corpus.path());
    assertEquals("public class ", corpus.prompts().getFirst());
    Corpus message = corpus.message();
    assertEquals(List.of("licence-header"), message.getFiltersList());
    assertTrue(message.getDeduplicate());
  }

  @Test
  void corpus_ofLinesOfJson_skipsBrokenOnes_andNoOtherKindIsToldTo() throws IOException {
    for (String name : List.of("a.jsonl", "a.txt", "a.zip")) {
      Path file = Files.writeString(folder.resolve(name), "{}");
      DemoOrder order = new DemoOrder(Optional.of(file), Duration.ofMinutes(5), 1, false);
      boolean skips = DemoCorpus.of(order).message().getSources(0).getSkipBroken();
      assertEquals(name.endsWith(".jsonl"), skips, name);
    }
  }

  @Test
  void corpus_ofAJdkWithoutSources_isAnErrorWithTheWaysOut() {
    WroughtException failure = assertThrows(WroughtException.class, () -> DemoCorpus.ofJdk(folder));
    assertEquals(ErrorCode.NOT_FOUND, failure.code());
    assertTrue(failure.getMessage().contains("lib/src.zip"), failure.getMessage());
    assertTrue(failure.getMessage().contains("--corpus"), failure.getMessage());
  }

  @Test
  void corpus_thatIsNotThere_isNamed() {
    DemoOrder order =
        new DemoOrder(Optional.of(folder.resolve("none")), Duration.ofMinutes(5), 1, false);
    WroughtException failure = assertThrows(WroughtException.class, () -> DemoCorpus.of(order));
    assertTrue(failure.getMessage().contains(folder.resolve("none").toString()));
  }

  @Test
  void order_outOfRange_saysTheRange() {
    assertThrows(WroughtException.class, () -> order(Duration.ofSeconds(5), 1));
    assertThrows(WroughtException.class, () -> order(Duration.ofHours(25), 1));
    assertThrows(WroughtException.class, () -> order(Duration.ofMinutes(1), 0));
    WroughtException failure =
        assertThrows(WroughtException.class, () -> order(Duration.ofMinutes(1), (4 << 20) + 1));
    assertTrue(failure.getMessage().contains("4194304"), failure.getMessage());
    assertEquals(4 << 20, order(Duration.ofHours(24), 4 << 20).heldOutBytes());
  }

  private static DemoOrder order(Duration training, long heldOutBytes) {
    return new DemoOrder(Optional.empty(), training, heldOutBytes, false);
  }

  @Test
  void fingerprint_ofAFolderThatIsALink_isThatOfTheFolder() throws IOException {
    Path real = Files.createDirectories(folder.resolve("real"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);
    Corpus request = Corpus.getDefaultInstance();
    String empty = CorpusFingerprint.of(request, link);
    Files.writeString(real.resolve("a"), "one");
    assertTrue(!empty.equals(CorpusFingerprint.of(request, link)));
    assertEquals(CorpusFingerprint.of(request, real), CorpusFingerprint.of(request, link));
  }

  @Test
  void fingerprint_changesWith_settingsFilesAndTheirContent() throws IOException {
    Files.writeString(folder.resolve("a"), "one");
    Corpus request = Corpus.newBuilder().addFilters("licence-header").build();
    String before = CorpusFingerprint.of(request, folder);
    assertEquals(before, CorpusFingerprint.of(request, folder));
    assertTrue(before.matches("[0-9a-f]{64}"), before);
    assertTrue(!before.equals(CorpusFingerprint.of(Corpus.getDefaultInstance(), folder)));
    Files.writeString(folder.resolve("a"), "three");
    String longer = CorpusFingerprint.of(request, folder);
    assertTrue(!before.equals(longer));
    Files.move(folder.resolve("a"), folder.resolve("b"));
    assertTrue(!longer.equals(CorpusFingerprint.of(request, folder)));
  }

  @Test
  void memory_thatIsDamaged_countsAsNone() throws IOException {
    MadeBefore before = MadeBefore.in(folder);
    assertEquals(Optional.empty(), found(before, "tokenizer", "f"));
    before.remember("tokenizer", "f", "abc");
    before.remember("dataset", "g", "def");
    assertEquals(Optional.of("abc"), found(before, "tokenizer", "f"));
    assertEquals(Optional.of("def"), found(before, "dataset", "g"));
    assertEquals(Optional.empty(), found(before, "dataset", "f"));
    Files.writeString(before.file(), "{ not json");
    assertEquals(Optional.empty(), found(before, "tokenizer", "f"));
    before.remember("tokenizer", "f", "abc");
    assertEquals(Optional.of("abc"), found(before, "tokenizer", "f"));
  }

  /** Of two that still stand. */
  private static Optional<String> found(MadeBefore before, String kind, String fingerprint) {
    return before.find(kind, fingerprint, List.of("abc", "def"), digest -> digest);
  }
}
