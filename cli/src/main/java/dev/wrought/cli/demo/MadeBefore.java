package dev.wrought.cli.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrought.core.artifact.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What earlier demos made of which corpus, in {@code demo.json}. Losing it costs time only, so a
 * file that cannot be read counts as none, and one that cannot be written is no failure.
 *
 * @param file absolute
 */
record MadeBefore(Path file) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static MadeBefore in(Path home) {
    return new MadeBefore(home.resolve("demo.json"));
  }

  /**
   * What was made of the same corpus in the same way, if it still stands.
   *
   * @param kind "tokenizer" or "dataset"
   * @param standing all of that kind and name
   */
  <M> Optional<M> find(
      String kind, String fingerprint, List<M> standing, Function<M, String> digest) {
    JsonNode made = read().path(kind);
    return made.path("fingerprint").asText().equals(fingerprint)
        ? standing.stream()
            .filter(one -> digest.apply(one).equals(made.path("digest").asText()))
            .findFirst()
        : Optional.empty();
  }

  void remember(String kind, String fingerprint, String digest) {
    ObjectNode all = read();
    all.putObject(kind).put("fingerprint", fingerprint).put("digest", digest);
    try {
      DurableFiles.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(all));
    } catch (IOException nextTimeItIsMadeAgain) {
      file.toFile().delete();
    }
  }

  private ObjectNode read() {
    try {
      return JSON.readTree(Files.readString(file)) instanceof ObjectNode node
          ? node
          : JSON.createObjectNode();
    } catch (JsonProcessingException damaged) {
      return JSON.createObjectNode();
    } catch (IOException none) {
      return JSON.createObjectNode();
    }
  }
}
