package dev.wrought.cli.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

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
   * The digest of what was made.
   *
   * @param kind "tokenizer" or "dataset"
   */
  Optional<String> digest(String kind, String fingerprint) {
    JsonNode made = read().path(kind);
    return made.path("fingerprint").asText().equals(fingerprint)
        ? Optional.of(made.path("digest").asText())
        : Optional.empty();
  }

  void remember(String kind, String fingerprint, String digest) {
    ObjectNode all = read();
    all.putObject(kind).put("fingerprint", fingerprint).put("digest", digest);
    Path next = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.writeString(next, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n");
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
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
