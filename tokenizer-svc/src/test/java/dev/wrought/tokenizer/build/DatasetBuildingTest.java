package dev.wrought.tokenizer.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import dev.wrought.tokenizer.corpus.SourceSpec;
import dev.wrought.tokenizer.training.Trainings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetBuildingTest {
  @TempDir Path home;
  private final Map<String, String> files = new TreeMap<>();
  private Path texts;
  private Artifact artifact;
  private Tokenizer tokenizer;

  @BeforeEach
  void trainTokenizer() throws IOException {
    for (int i = 0; i < 200; i++) {
      files.put(
          "%03d.txt".formatted(i), "// Copyright " + i + "\n\nthe cat " + i + " sat, and sat; é\n");
    }
    texts = Corpora.write(home.resolve("texts"), files);
    artifact =
        Trainings.in(home, 1)
            .train(
                Trainings.request("words", Corpora.of(texts), 400),
                (phase, fraction, bytes, merges) -> {})
            .artifact();
    tokenizer = TokenizerJson.read(artifact.file());
  }

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

  @Test
  void build_moreDocuments_leaveOthersOnTheirSide() throws IOException {
    List<String> before = texts(build(2, Corpora.of(texts), 0.1).validation());
    Path more =
        Corpora.write(home.resolve("more"), Map.of("x", "another text", "y", "and one more"));
    List<String> after = texts(build(2, Corpora.of(texts, more), 0.1).validation());
    assertTrue(after.containsAll(before));
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
  void build_weight_isHowOftenADocumentIsTrainedOn() throws IOException {
    Dataset once = build(2, weighted(1), 0.1);
    List<String> heldOut = texts(once.validation());
    List<String> train = texts(once.train());
    Dataset twice = build(2, weighted(2), 0.1);
    assertEquals(heldOut, texts(twice.validation()));
    List<String> doubled = new ArrayList<>(train);
    doubled.addAll(train);
    assertEquals(doubled, texts(twice.train()));
    assertEquals(once.facts().train().times(2), twice.facts().train());
    assertEquals(2, twice.facts().corpus().sources().getFirst().weight());

    Dataset half = build(2, weighted(0.5), 0.1);
    List<String> some = texts(half.train());
    assertEquals(heldOut, texts(half.validation()));
    assertTrue(train.containsAll(some));
    assertEquals(train.size() / 2.0, some.size(), 25);
    assertEquals(Map.of("weight", (long) train.size() - some.size()), half.facts().dropped());

    List<String> more = texts(build(2, weighted(2.5), 0.1).train());
    doubled.addAll(some);
    assertEquals(doubled, more);
  }

  @Test
  void build_smallWeightedCorpus_holdsEveryCopyOut() throws IOException {
    Path small = Corpora.write(home.resolve("small"), Map.of("a", "one", "b", "two", "c", "three"));
    Dataset dataset = build(2, weighted(small, 3), 0.0001);
    List<String> heldOut = texts(dataset.validation());
    List<String> train = texts(dataset.train());
    assertEquals(1, heldOut.size());
    assertEquals(6, train.size());
    assertFalse(train.contains(heldOut.getFirst()));
    assertEquals(bytes(train), dataset.facts().train().bytes());
    Path one = Corpora.write(home.resolve("one"), Map.of("a", "alone"));
    assertThrows(WroughtException.class, () -> build(1, weighted(one, 3), 0.1));
  }

  private CorpusSpec weighted(double weight) {
    return weighted(texts, weight);
  }

  private static CorpusSpec weighted(Path source, double weight) {
    SourceSpec spec =
        new SourceSpec(source.toString(), "", List.of(), List.of(), "", false, weight);
    return new CorpusSpec(List.of(spec), List.of(), true, 0);
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
  void build_smallCorpus_holdsOneDocumentOut() throws IOException {
    Path small = Corpora.write(home.resolve("small"), Map.of("a", "one", "b", "two", "c", "three"));
    Dataset dataset = build(2, Corpora.of(small), 0.0001);
    assertEquals(1, dataset.facts().validation().documents());
    assertEquals(2, dataset.facts().train().documents());
    List<String> all = texts(dataset.train());
    List<String> heldOut = texts(dataset.validation());
    assertEquals(bytes(heldOut), dataset.facts().validation().bytes());
    assertFalse(all.contains(heldOut.getFirst()));
    all.addAll(heldOut);
    assertEquals(List.of("one", "three", "two"), all.stream().sorted().toList());
  }

  @Test
  void build_oneDocument_isRefused() throws IOException {
    Path one = Corpora.write(home.resolve("one"), Map.of("a", "alone"));
    WroughtException refused =
        assertThrows(WroughtException.class, () -> build(1, Corpora.of(one), 0.1));
    assertEquals(ErrorCode.INVALID_DATA, refused.code());
    assertNothingStaged();
  }

  @Test
  void build_fractionOutOfRange_isRefused() {
    for (double fraction : new double[] {-0.1, 0, 0.5, 1, Double.NaN}) {
      assertThrows(WroughtException.class, () -> build(1, Corpora.of(texts), fraction));
    }
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

  private Dataset build(int threads, CorpusSpec corpus, double fraction) {
    return building(threads)
        .build(new BuildRequest("data", artifact, corpus, fraction), tokenizer, Builds.SILENT);
  }

  private DatasetBuilding building(int threads) {
    return Builds.in(home, threads, BuildSettings.USUAL_SHARD_TOKENS);
  }

  /** Closes the shards. */
  private List<String> texts(TokenShards shards) {
    try (shards) {
      List<String> texts = new ArrayList<>();
      for (int document = 0; document < shards.documents(); document++) {
        int[] ids = shards.document(document);
        assertEquals(tokenizer.endOfTextId(), ids[ids.length - 1]);
        texts.add(new String(tokenizer.decode(Arrays.copyOf(ids, ids.length - 1)), UTF_8));
      }
      return texts;
    }
  }

  private static long bytes(List<String> texts) {
    return texts.stream().mapToLong(text -> text.getBytes(UTF_8).length).sum();
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

  private void assertNothingStaged() throws IOException {
    Path all = Files.createDirectories(home.resolve("datasets"));
    try (Stream<Path> entries = Files.list(all)) {
      assertTrue(entries.noneMatch(e -> String.valueOf(e.getFileName()).startsWith(".tmp")));
    }
    assertEquals(0, Builds.unfinished(home));
  }
}
