package dev.wrought.tokenizer.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.tokenizer.ModelKind;
import dev.wrought.core.tokenizer.VocabularySpec;
import dev.wrought.tokenizer.corpus.Corpora;
import dev.wrought.tokenizer.corpus.CorpusSpec;
import dev.wrought.tokenizer.corpus.SourceSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingKeyTest {
  private static final VocabularySpec VOCABULARY = VocabularySpec.of(400);

  @TempDir Path folder;

  @Test
  void of_anotherRequest_isAnotherKey() throws IOException {
    Path texts = Corpora.write(folder, Map.of("a/b.txt", "text", "c.txt", "text"));
    CorpusSpec corpus = Corpora.of(texts);
    CorpusSpec including =
        new CorpusSpec(
            List.of(
                new SourceSpec(texts.toString(), "", List.of("**/*.txt"), List.of(), "", false, 1)),
            List.of(),
            true,
            0);
    List<TrainingRequest> requests =
        List.of(
            new TrainingRequest("a", corpus, ModelKind.BPE, VOCABULARY, 0, 0),
            new TrainingRequest("b", corpus, ModelKind.BPE, VOCABULARY, 0, 0),
            new TrainingRequest("a", including, ModelKind.BPE, VOCABULARY, 0, 0),
            new TrainingRequest("a", corpus, ModelKind.BPE, VocabularySpec.of(401), 0, 0),
            new TrainingRequest(
                "a", corpus, ModelKind.BPE, new VocabularySpec(400, List.of("<|x|>"), 1), 0, 0),
            new TrainingRequest("a", corpus, ModelKind.BPE, VOCABULARY, 100, 0),
            new TrainingRequest("a", corpus, ModelKind.BPE, VOCABULARY, 0, 1_000_000));
    Set<String> keys = new HashSet<>();
    requests.forEach(request -> assertTrue(keys.add(TrainingKey.of(request)), request.toString()));
    assertEquals(
        TrainingKey.of(requests.getFirst()),
        TrainingKey.of(
            new TrainingRequest("a", Corpora.of(texts), ModelKind.BPE, VOCABULARY, 0, 0)));
  }

  @Test
  void of_anotherListing_isAnotherKey() throws IOException {
    Corpora.write(folder, Map.of("a/b.txt", "text"));
    Path file = folder.resolve("a/b.txt");
    Set<String> keys = new HashSet<>();
    assertTrue(keys.add(key()));
    Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
    assertTrue(keys.add(key()), "time");
    Files.writeString(file, "longer text");
    Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
    assertTrue(keys.add(key()), "size");
    Files.move(file, file.resolveSibling("c.txt"));
    assertTrue(keys.add(key()), "path");
    Corpora.write(folder, Map.of("d.txt", ""));
    assertTrue(keys.add(key()), "another file");
  }

  @Test
  void of_pathWithNothing_isAKeyToo() {
    assertEquals(
        64,
        TrainingKey.of(Trainings.request("a", Corpora.of(folder.resolve("none")), 400)).length());
  }

  private String key() {
    return TrainingKey.of(Trainings.request("a", Corpora.of(folder), 400));
  }
}
