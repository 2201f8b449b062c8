package dev.wrought.tokenizer.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.artifact.Artifact;
import dev.wrought.core.artifact.ArtifactKind;
import dev.wrought.core.artifact.Artifacts;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.tokenizer.ModelKind;
import dev.wrought.core.tokenizer.Tokenizer;
import dev.wrought.core.tokenizer.TokenizerJson;
import dev.wrought.core.tokenizer.VocabularySpec;
import dev.wrought.tokenizer.corpus.Corpora;
import dev.wrought.tokenizer.corpus.CorpusSpec;
import dev.wrought.tokenizer.corpus.SourceSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerTrainingTest {
  @TempDir Path home;
  private Path texts;

  @BeforeEach
  void writeTexts() throws IOException {
    Map<String, String> files = new TreeMap<>();
    for (int i = 0; i < 60; i++) {
      files.put(
          "text-" + i,
          "the cat number " + i + " sat on the mat; the dog " + "barked ".repeat(i % 5));
    }
    files.put("twin", "the same words: zyxwv");
    files.put("twin-too", "the same words: zyxwv");
    texts = Corpora.write(Files.createDirectory(home.resolve("texts")), files);
  }

  @Test
  void train_anyNumberOfThreads_isTheSameTokenizer() {
    String digest = train(1, "one", Corpora.of(texts), 0).digest().orElseThrow();
    assertEquals(digest, train(3, "three", Corpora.of(texts), 0).digest().orElseThrow());
  }

  @Test
  void train_unigram_isTheSameWhateverTheThreads_andLossless() throws IOException {
    TrainingRequest request =
        new TrainingRequest(
            "pieces", Corpora.of(texts), ModelKind.UNIGRAM, VocabularySpec.of(450), 0, 0);
    Artifact one = Trainings.in(home, 1).train(request, Trainings.SILENT).artifact();
    Artifact three = Trainings.in(home, 3).train(request, Trainings.SILENT).artifact();
    assertEquals(one.digest(), three.digest());
    Tokenizer tokenizer = TokenizerJson.read(three.file());
    assertEquals("unigram", tokenizer.model());
    byte[] text = Files.readAllBytes(texts.resolve("text-7"));
    assertArrayEquals(text, tokenizer.decode(tokenizer.encode(text)));
  }

  /** The command line would look for such a file, not for the tokenizer. */
  @Test
  void request_nameOfAFile_isRefused() {
    for (String name : List.of("prose.json", "llama.model", "a.gguf", "x.tiktoken")) {
      WroughtException refused =
          assertThrows(WroughtException.class, () -> sampling(name, Corpora.of(texts), 0));
      assertEquals(ErrorCode.INVALID_ARGUMENT, refused.code());
      assertTrue(refused.getMessage().contains("would be taken for a file's"));
    }
  }

  @Test
  void train_publishes_whatTransformersReads() throws IOException {
    Artifact trained = train(2, "texts", Corpora.of(texts), 0);
    assertEquals(trained, new Artifacts(home).resolve(ArtifactKind.TOKENIZER, "texts"));
    assertTrue(Files.exists(trained.folder().resolve("tokenizer_config.json")));
    Tokenizer tokenizer = TokenizerJson.read(trained.file());
    assertEquals(trained.digest().orElseThrow(), tokenizer.digest());
    byte[] text = Files.readAllBytes(texts.resolve("text-7"));
    assertArrayEquals(text, tokenizer.decode(tokenizer.encode(text)));
  }

  @Test
  void train_duplicates_countOnce() {
    CorpusSpec all = new CorpusSpec(Corpora.of(texts).sources(), List.of(), false, 0);
    // A pair that occurs once is never merged: "zyxwv" stands once in each twin.
    assertTrue(tokens("once", Corpora.of(texts), "zyxwv") > tokens("twice", all, "zyxwv"));
  }

  @Test
  void train_weight_isHowOftenADocumentCounts() {
    String twin = texts.resolve("twin").toString();
    SourceSpec once = SourceSpec.of(twin);
    SourceSpec twice = new SourceSpec(twin, "text", List.of(), List.of(), "", false, 2);
    // A pair that occurs once is never merged.
    assertTrue(tokens("once", spec(once), "zyxwv") > tokens("twice", spec(twice), "zyxwv"));
  }

  @Test
  void train_documentsThatCountNoTime_areLeftOutAndCounted() {
    SourceSpec half = new SourceSpec(texts.toString(), "", List.of(), List.of(), "", false, 0.5);
    long left =
        Trainings.in(home, 2)
            .train(Trainings.request("half", spec(half), 400), Trainings.SILENT)
            .dropped()
            .getOrDefault("weight", 0L);
    assertTrue(left > 15 && left < 45, left + " of 61");
  }

  @Test
  void train_nearDuplicates_countOnce() {
    CorpusSpec near = new CorpusSpec(Corpora.of(texts).sources(), List.of(), false, 1);
    assertEquals(
        Map.of("near-duplicate", 1L),
        Trainings.in(home, 3)
            .train(Trainings.request("near", near, 400), Trainings.SILENT)
            .dropped());
  }

  private static CorpusSpec spec(SourceSpec source) {
    return new CorpusSpec(List.of(source), List.of(), true, 0);
  }

  private int tokens(String name, CorpusSpec corpus, String word) {
    TrainingRequest request = Trainings.request(name, corpus, 2000);
    Artifact trained = Trainings.in(home, 2).train(request, Trainings.SILENT).artifact();
    return TokenizerJson.read(trained.file()).encode(word).length;
  }

  /** FAULTS D1: what is skipped is counted, and the count is told. */
  @Test
  void train_someDocumentsLeftOut_tellsWhy() throws IOException {
    Path some = Corpora.write(home.resolve("some"), Map.of("a", "", "b", "\0", "c", "a a a a"));
    assertEquals(
        Map.of("binary", 1L, "empty", 1L),
        Trainings.in(home, 1)
            .train(Trainings.request("some", Corpora.of(some), 400), Trainings.SILENT)
            .dropped());
  }

  @Test
  void train_sample_readsLess() {
    List<Long> bytes = new ArrayList<>();
    Trainings.in(home, 2)
        .train(
            sampling("sample", Corpora.of(texts), 500),
            (phase, fraction, bytesRead, merges) -> bytes.add(bytesRead));
    assertTrue(bytes.getLast() > 300 && bytes.getLast() <= 500, "" + bytes.getLast());
  }

  @Test
  void train_progress_goesThroughAllPhases() {
    List<String> told = new ArrayList<>();
    Trainings.in(home, 2)
        .train(
            Trainings.request("told", Corpora.of(texts), 400),
            (phase, fraction, bytesRead, merges) -> {
              assertTrue(fraction >= 0 && fraction <= 1);
              if (told.isEmpty() || !told.getLast().equals(phase.name())) {
                told.add(phase.name());
              }
            });
    assertEquals(List.of("READING", "COUNTING", "MERGING", "WRITING"), told);
  }

  /**
   * The first merges take longest: an estimate of the remaining time must not go by their number.
   */
  @Test
  void train_progressOfMerging_isFastAtFirstAndEndsWhole() {
    List<Double> fractions = new ArrayList<>();
    Trainings.in(home, 1)
        .train(
            Trainings.request("steady", Corpora.of(texts), 390),
            (phase, fraction, bytesRead, merges) -> {
              if (phase == TrainingProgress.Phase.MERGING) {
                fractions.add(fraction);
              }
            });
    assertEquals(27, fractions.size());
    assertEquals(0, fractions.getFirst());
    assertEquals(1, fractions.getLast());
    assertEquals(fractions.stream().sorted().toList(), fractions);
    assertTrue(fractions.get(6) > 0.5, fractions.toString());
  }

  /** FAULTS T9: the empty corpus, and the vocabulary that is too small. */
  @Test
  void train_emptyCorpus_isRefusedAndWhatWasLeftOutIsSaid() throws IOException {
    Path empty = Corpora.write(home.resolve("empty"), Map.of("a", "", "b", "\0"));
    WroughtException refused =
        assertThrows(WroughtException.class, () -> train(1, "empty", Corpora.of(empty), 0));
    assertEquals(ErrorCode.INVALID_DATA, refused.code());
    assertTrue(String.valueOf(refused.getMessage()).contains("1 binary, 1 empty"));
    assertNothingStaged();
  }

  @Test
  void request_outOfRange_isRefused() {
    CorpusSpec corpus = Corpora.of(texts);
    WroughtException tooSmall =
        assertThrows(WroughtException.class, () -> Trainings.request("a", corpus, 300));
    assertTrue(String.valueOf(tooSmall.getMessage()).contains("at least 364"));
    assertThrows(WroughtException.class, () -> Trainings.request("A b", corpus, 400));
    assertThrows(WroughtException.class, () -> sampling("a", corpus, -1));
  }

  @Test
  void train_stoppedInAnyPhase_leavesTheOldOneIntact() throws IOException {
    Artifact old = train(2, "kept", Corpora.of(texts), 0);
    for (TrainingProgress.Phase stop : TrainingProgress.Phase.values()) {
      WroughtException stopped =
          assertThrows(
              WroughtException.class,
              () ->
                  Trainings.in(home, 2)
                      .train(
                          Trainings.request("kept", Corpora.of(texts), 390),
                          (phase, fraction, bytesRead, merges) -> {
                            if (phase == stop) {
                              throw new WroughtException(ErrorCode.CANCELLED, "enough");
                            }
                          }));
      assertEquals(ErrorCode.CANCELLED, stopped.code());
      assertEquals(old, new Artifacts(home).resolve(ArtifactKind.TOKENIZER, "kept"));
      assertNothingStaged();
    }
  }

  private Artifact train(int threads, String name, CorpusSpec corpus, long sampleBytes) {
    return Trainings.in(home, threads)
        .train(sampling(name, corpus, sampleBytes), Trainings.SILENT)
        .artifact();
  }

  private static TrainingRequest sampling(String name, CorpusSpec corpus, long sampleBytes) {
    return new TrainingRequest(name, corpus, ModelKind.BPE, VocabularySpec.of(400), sampleBytes, 0);
  }

  private void assertNothingStaged() throws IOException {
    Path all = Files.createDirectories(home.resolve("tokenizers"));
    try (Stream<Path> entries = Files.list(all)) {
      assertTrue(entries.noneMatch(e -> String.valueOf(e.getFileName()).startsWith(".tmp")));
    }
  }
}
