package dev.wrought.tokenizer.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrought.core.tokenizer.ModelKind;
import dev.wrought.core.tokenizer.VocabularySpec;
import dev.wrought.tokenizer.corpus.Corpora;
import dev.wrought.tokenizer.corpus.CorpusSpec;
import dev.wrought.tokenizer.corpus.SourceSpec;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingKeyTest {
  private static final VocabularySpec VOCABULARY = VocabularySpec.of(800);
  private static final CorpusSpec CORPUS =
      new CorpusSpec(List.of(SourceSpec.of("/none")), List.of(), true, 0);

  @TempDir Path folder;

  /** A second request that differs in one thing only, for each thing. */
  @Test
  void of_anotherRequest_isAnotherKey() {
    SourceSpec source = SourceSpec.of("/none");
    List<TrainingRequest> requests =
        List.of(
            request("a", CORPUS),
            request("b", CORPUS),
            new TrainingRequest("a", CORPUS, ModelKind.UNIGRAM, VOCABULARY, 0, 0),
            new TrainingRequest("a", CORPUS, ModelKind.BPE, VOCABULARY, 100, 0),
            new TrainingRequest("a", CORPUS, ModelKind.BPE, VOCABULARY, 0, 1_000_000),
            learning(VocabularySpec.of(801)),
            learning(new VocabularySpec(800, List.of("<|x|>"), 1)),
            learning(new VocabularySpec(800, List.of("<|x|>", "<|y|>"), 1)),
            learning(new VocabularySpec(800, List.of("<|x|>, <|y|>"), 1)),
            learning(new VocabularySpec(800, List.of(), 64)),
            from(new SourceSpec("/other", "", List.of(), List.of(), "", false, 1)),
            from(new SourceSpec("/none", "text", List.of(), List.of(), "", false, 1)),
            from(new SourceSpec("/none", "", List.of("a", "b"), List.of(), "", false, 1)),
            from(new SourceSpec("/none", "", List.of("a, b"), List.of(), "", false, 1)),
            from(new SourceSpec("/none", "", List.of(), List.of("a", "b"), "", false, 1)),
            from(new SourceSpec("/none", "", List.of(), List.of(), "text", false, 1)),
            from(new SourceSpec("/none", "", List.of(), List.of(), "", true, 1)),
            from(new SourceSpec("/none", "", List.of(), List.of(), "", false, 2)),
            from(source, source),
            request("a", new CorpusSpec(List.of(source), List.of("c4"), true, 0)),
            request("a", new CorpusSpec(List.of(source), List.of(), false, 0)),
            request("a", new CorpusSpec(List.of(source), List.of(), true, 0.8)));
    Set<String> keys = new HashSet<>();
    requests.forEach(request -> assertTrue(keys.add(TrainingKey.of(request)), request.toString()));
    assertEquals(TrainingKey.of(requests.getFirst()), TrainingKey.of(request("a", CORPUS)));
  }

  /** What is saved is found by later versions, which may have other words for it in their code. */
  @Test
  void asked_isWrittenThus() {
    TrainingRequest request =
        new TrainingRequest(
            "a",
            new CorpusSpec(
                List.of(
                    new SourceSpec("/x", "csv", List.of("*.a"), List.of("b"), "text", true, 2.5)),
                List.of("c4"),
                true,
                0.8),
            ModelKind.BPE,
            new VocabularySpec(800, List.of("<|\"x|>"), 64),
            100,
            1_000_000);
    assertEquals(
        """
        {"name":"a","corpus":{"sources":[{"path":"/x","kind":"csv","include":["*.a"],\
        "exclude":["b"],"field":"text","skipBroken":true,"weight":2.5}],"filters":["c4"],\
        "deduplicate":true,"nearDuplicates":0.8},"model":"BPE","vocabulary":{"size":800,\
        "reserved":["<|\\"x|>"],"padToMultiple":64},"sampleBytes":100,"memoryBytes":1000000}\
        """,
        TrainingKey.asked(request).toString());
  }

  @Test
  void asked_hasEverythingThatARequestHas() {
    JsonNode asked = TrainingKey.asked(request("a", CORPUS));
    assertEquals(components(TrainingRequest.class), names(asked));
    assertEquals(components(CorpusSpec.class), names(asked.get("corpus")));
    assertEquals(components(SourceSpec.class), names(asked.at("/corpus/sources/0")));
    assertEquals(components(VocabularySpec.class), names(asked.get("vocabulary")));
  }

  private static List<String> components(Class<?> type) {
    return Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).toList();
  }

  private static List<String> names(JsonNode node) {
    return node.properties().stream().map(Map.Entry::getKey).toList();
  }

  private static TrainingRequest request(String name, CorpusSpec corpus) {
    return new TrainingRequest(name, corpus, ModelKind.BPE, VOCABULARY, 0, 0);
  }

  private static TrainingRequest learning(VocabularySpec vocabulary) {
    return new TrainingRequest("a", CORPUS, ModelKind.BPE, vocabulary, 0, 0);
  }

  private static TrainingRequest from(SourceSpec... sources) {
    return request("a", new CorpusSpec(List.of(sources), List.of(), true, 0));
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
