package dev.wrought.tokenizer.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrought.core.artifact.Artifact;
import dev.wrought.core.artifact.ArtifactKind;
import dev.wrought.core.artifact.Artifacts;
import dev.wrought.core.dataset.Dataset;
import dev.wrought.core.dataset.TokenShards;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.tokenizer.Tokenizer;
import dev.wrought.core.tokenizer.TokenizerFile;
import dev.wrought.core.tokenizer.TokenizerJson;
import dev.wrought.tokenizer.corpus.Corpora;
import dev.wrought.tokenizer.corpus.CorpusSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DatasetBuildingTest extends NumberedTextBuilds {
  @Test
  void build_documents_comeBackToTheByteInPathOrder() throws IOException {
    Dataset dataset =
        build(
            2,
            new CorpusSpec(Corpora.of(texts).sources(), List.of("licence-header"), true, 0),
            0.1);
    List<String> train = texts(dataset.train());
    List<String> validation = texts(dataset.validation());
    assertTrue(validation.size() > 5 && validation.size() < 50, "" + validation.size());
    assertEquals(200, train.size() + validation.size());
    assertSortedByNumber(train);
    assertSortedByNumber(validation);
    assertEquals(
        "the cat 0 sat, and sat; é\n",
        Stream.concat(train.stream(), validation.stream())
            .min(DatasetBuildingTest::byNumber)
            .orElseThrow());
    assertEquals(bytes(train), dataset.facts().train().bytes());
    assertEquals(bytes(validation), dataset.facts().validation().bytes());
    assertEquals(200 * 7L, dataset.facts().total().words());
  }

  @Test
  void build_tokenizerOfAnotherFormat_liesInTheDatasetAsTokenizerJson() throws IOException {
    Path gguf = home.resolve("words.gguf");
    TokenizerFile.write(tokenizer, gguf);
    Artifact foreign = new Artifacts(home).resolve(ArtifactKind.TOKENIZER, gguf.toString());
    Dataset dataset =
        building(1)
            .build(
                new BuildRequest("foreign", foreign, Corpora.of(texts), 0.1),
                TokenizerFile.read(gguf),
                (phase, fraction, bytes, documents, tokens) -> {});
    Tokenizer own = TokenizerJson.read(dataset.tokenizerFile());
    assertEquals(own.digest(), dataset.facts().tokenizer().digest());
    assertEquals("the cat 0 sat", new String(own.decode(tokenizer.encode("the cat 0 sat")), UTF_8));
  }

  @Test
  void build_facts_sayWhatItIsMadeOf() throws IOException {
    Dataset dataset = build(1, Corpora.of(texts), 0.01);
    assertEquals("2026-03-01T12:00:00Z", dataset.facts().created());
    assertEquals("words", dataset.facts().tokenizer().name());
    assertEquals(tokenizer.digest(), dataset.facts().tokenizer().digest());
    assertEquals(200, dataset.facts().corpus().sources().getFirst().documents());
    assertEquals("directory", dataset.facts().corpus().sources().getFirst().kind());
    long raw = files.values().stream().mapToLong(text -> text.getBytes(UTF_8).length).sum();
    assertEquals(raw, dataset.facts().corpus().sources().getFirst().bytes());
    assertEquals(tokenizer.digest(), TokenizerJson.read(dataset.tokenizerFile()).digest());
    assertEquals(
        dataset, Dataset.open(new Artifacts(home).resolve(ArtifactKind.DATASET, "data").folder()));
    dataset.verify();
  }

  @Test
  void build_anyNumberOfThreads_hasTheSameDigestAndReport() throws IOException {
    Dataset one = build(1, Corpora.of(texts), 0.05);
    byte[] report = Files.readAllBytes(one.folder().resolve(Dataset.REPORT_FILE));
    Dataset four = build(4, Corpora.of(texts), 0.05);
    assertEquals(one.digest(), four.digest());
    assertArrayEquals(report, Files.readAllBytes(four.folder().resolve(Dataset.REPORT_FILE)));
  }

  @Test
  void build_report_countsWhatIsInTheShards() throws IOException {
    Dataset dataset = build(2, weighted(2.5), 0.1);
    JsonNode report =
        new ObjectMapper()
            .readTree(Files.readAllBytes(dataset.folder().resolve(Dataset.REPORT_FILE)));
    assertEquals(dataset.facts().train().tokens(), report.at("/train/counts/tokens").asLong());
    Map<Integer, Long> occurrences = new TreeMap<>();
    for (TokenShards split : List.of(dataset.train(), dataset.validation())) {
      try (split) {
        int[] all = new int[(int) split.tokens()];
        split.read(0, all);
        Arrays.stream(all).forEach(id -> occurrences.merge(id, 1L, Long::sum));
      }
    }
    assertEquals(occurrences.size(), report.at("/vocabulary/used").asInt());
    JsonNode top = report.at("/vocabulary/top");
    assertTrue(top.size() > 10, top.toString());
    top.forEach(token ->
        assertEquals(occurrences.get(token.path("id").asInt()), token.path("count").asLong()));
    assertTrue(dataset.reportPage().isPresent());
  }

  /** FAULTS D5: empty, identical and over-long documents. */
  @Test
  void build_whatIsLeftOut_isCountedByReason() throws IOException {
    Path odd =
        Corpora.write(
            home.resolve("odd"),
            Map.of(
                "a",
                "twin",
                "b",
                "twin",
                "c",
                "",
                "d",
                "x".repeat((4 << 20) + 1),
                "e",
                "\0",
                "f",
                "good"));
    Dataset dataset = build(2, Corpora.of(odd), 0.1);
    assertEquals(
        Map.of("duplicate", 1L, "empty", 1L, "too-long", 1L, "binary", 1L),
        dataset.facts().dropped());
    assertEquals(2, dataset.facts().total().documents());
    Dataset withTwins =
        build(2, new CorpusSpec(Corpora.of(odd).sources(), List.of(), false, 0), 0.1);
    assertEquals(3, withTwins.facts().total().documents());
  }

  /** Of similar documents the first is kept, and it is the same one whatever the threads. */
  @Test
  void build_nearDuplicates_areLeftOutAndCounted() throws IOException {
    Path folder = Files.createDirectory(home.resolve("near"));
    for (int i = 0; i < 40; i++) {
      StringBuilder text = new StringBuilder();
      for (int word = 0; word < 200; word++) {
        text.append("word").append((i % 20) * 200 + word).append(' ');
      }
      Files.writeString(folder.resolve("%02d".formatted(i)), text + "copy " + i / 20);
    }
    CorpusSpec near = new CorpusSpec(Corpora.of(folder).sources(), List.of(), true, 0.8);
    Dataset dataset = build(1, near, 0.1);
    assertEquals(Map.of("near-duplicate", 20L), dataset.facts().dropped());
    assertEquals(20, dataset.facts().total().documents());
    assertEquals(0.8, dataset.facts().corpus().nearDuplicates());
    assertTrue(texts(dataset.train()).stream().allMatch(text -> text.endsWith("copy 0")));
    assertEquals(dataset.digest(), build(4, near, 0.1).digest());
    CorpusSpec all = new CorpusSpec(near.sources(), List.of(), true, 0);
    assertEquals(40, build(2, all, 0.1).facts().total().documents());
  }

  @Test
  void build_specialTokensInDocuments_arePlainText() throws IOException {
    Path typed =
        Corpora.write(
            home.resolve("typed"), Map.of("a", "one <|endoftext|> two", "b", "<extra_id_0>"));
    Dataset dataset = build(1, Corpora.of(typed), 0.1);
    List<String> all = texts(dataset.train());
    all.addAll(texts(dataset.validation()));
    assertEquals(List.of("<extra_id_0>", "one <|endoftext|> two"), all.stream().sorted().toList());
  }

  @Test
  void build_stoppedInAnyPhase_leavesNothing() throws IOException {
    for (BuildProgress.Phase stop : BuildProgress.Phase.values()) {
      WroughtException stopped =
          assertThrows(
              WroughtException.class,
              () ->
                  building(2)
                      .build(
                          new BuildRequest("stopped", artifact, Corpora.of(texts), 0.1),
                          tokenizer,
                          (phase, fraction, bytes, documents, tokens) -> {
                            if (phase == stop) {
                              throw new WroughtException(ErrorCode.CANCELLED, "enough");
                            }
                          }));
      assertEquals(ErrorCode.CANCELLED, stopped.code());
      assertNothingStaged();
    }
    assertEquals(List.of(), new Artifacts(home).list(ArtifactKind.DATASET));
  }

  @Test
  void build_brokenJsonl_namesFileAndLineAndLeavesNothing() throws IOException {
    Path rows = Files.writeString(home.resolve("rows.jsonl"), "{\"text\":\"a\"}\r\n{\"text\":\n");
    WroughtException refused =
        assertThrows(WroughtException.class, () -> build(2, Corpora.of(rows), 0.1));
    assertTrue(String.valueOf(refused.getMessage()).contains("rows.jsonl:2:"));
    assertNothingStaged();
  }

  /** FAULTS D4: the copy would not be what the documents were encoded with. */
  @Test
  void build_tokenizerIsChangedMeanwhile_isRefusedAndLeavesNothing() throws IOException {
    WroughtException refused =
        assertThrows(
            WroughtException.class,
            () ->
                building(2)
                    .build(
                        new BuildRequest("data", artifact, Corpora.of(texts), 0.1),
                        tokenizer,
                        (phase, fraction, bytes, documents, tokens) -> changeTokenizer()));
    assertEquals(ErrorCode.DIGEST_MISMATCH, refused.code());
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.contains(artifact.file() + " was changed"), message);
    assertNothingStaged();
    assertEquals(List.of(), new Artifacts(home).list(ArtifactKind.DATASET));
  }

  private void changeTokenizer() {
    try {
      Files.writeString(artifact.file(), "{}");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static int byNumber(String one, String other) {
    return Integer.compare(number(one), number(other));
  }

  private static int number(String text) {
    return Integer.parseInt(text.split(" ")[2]);
  }

  private static void assertSortedByNumber(List<String> texts) {
    assertEquals(texts.stream().sorted(DatasetBuildingTest::byNumber).toList(), texts);
  }
}
