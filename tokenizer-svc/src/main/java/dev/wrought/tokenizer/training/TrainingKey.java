package dev.wrought.tokenizer.training;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrought.core.artifact.Sha256;
import dev.wrought.core.tokenizer.VocabularySpec;
import dev.wrought.tokenizer.corpus.CorpusListing;
import dev.wrought.tokenizer.corpus.CorpusSpec;
import dev.wrought.tokenizer.corpus.SourceSpec;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Tells trainings apart: the digest of everything that was asked for and of what lies at the
 * corpus' paths. If one of these changes, it is another training; nothing else makes it one. The
 * name is among them, since two trainings may be under way that differ in nothing else, and each
 * saves what it has done.
 */
final class TrainingKey {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private TrainingKey() {}

  /**
   * @return 64 hex digits
   */
  static String of(TrainingRequest request) {
    ObjectNode all = asked(request).put("files", CorpusListing.digest(request.corpus()));
    return Sha256.of(all.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Everything that was asked for; what is saved under other words is not found again. */
  static ObjectNode asked(TrainingRequest request) {
    ObjectNode asked = JSON.objectNode();
    asked.put("name", request.name());
    asked.set("corpus", corpus(request.corpus()));
    asked.put("model", request.model().name());
    asked.set("vocabulary", vocabulary(request.vocabulary()));
    asked.put("sampleBytes", request.sampleBytes());
    asked.put("memoryBytes", request.memoryBytes());
    return asked;
  }

  private static ObjectNode corpus(CorpusSpec corpus) {
    ObjectNode node = JSON.objectNode();
    ArrayNode sources = node.putArray("sources");
    corpus.sources().forEach(source -> sources.add(source(source)));
    node.set("filters", texts(corpus.filters()));
    node.put("deduplicate", corpus.deduplicate());
    node.put("nearDuplicates", corpus.nearDuplicates());
    return node;
  }

  private static ObjectNode source(SourceSpec source) {
    ObjectNode node = JSON.objectNode();
    node.put("path", source.path());
    node.put("kind", source.kind());
    node.set("include", texts(source.include()));
    node.set("exclude", texts(source.exclude()));
    node.put("field", source.field());
    node.put("skipBroken", source.skipBroken());
    node.put("weight", source.weight());
    return node;
  }

  private static ObjectNode vocabulary(VocabularySpec vocabulary) {
    ObjectNode node = JSON.objectNode();
    node.put("size", vocabulary.size());
    node.set("reserved", texts(vocabulary.reserved()));
    node.put("padToMultiple", vocabulary.padToMultiple());
    return node;
  }

  private static ArrayNode texts(List<String> texts) {
    ArrayNode node = JSON.arrayNode();
    texts.forEach(node::add);
    return node;
  }
}
