package dev.wrought.core.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrought.core.artifact.Sha256;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A dataset on the disk: its facts, and its two splits as shards.
 *
 * <p>Its digest is what {@code sha256sum tokenizer.json train.bin train.idx validation.bin
 * validation.idx | sha256sum} prints in its folder, with the names of further shards behind those
 * of their split's first ({@code train.idx train-00001.bin train-00001.idx}): equal content has an
 * equal digest, whenever and from wherever it was built. The facts and the report are no part of
 * it.
 *
 * @param files SHA-256 of each file that the digest is made of, by name, in its order
 */
public record Dataset(Path folder, String digest, DatasetFacts facts, Map<String, String> files) {
  /** The facts' file, written last. */
  public static final String FACTS_FILE = "dataset.json";

  /** The copy of the tokenizer that it was made with. */
  public static final String TOKENIZER_FILE = "tokenizer.json";

  /** What a build has found out about its documents and tokens, for programs. */
  public static final String REPORT_FILE = "report.json";

  /** The same for people. */
  public static final String REPORT_PAGE = "report.html";

  private static final int FORMAT_VERSION = 1;
  private static final String TRAIN = "train";
  private static final String VALIDATION = "validation";
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .build();

  public Dataset {
    files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
  }

  /** Where the training split's first shard lies or is to be written. */
  public static Path trainPrefix(Path folder) {
    return folder.resolve(TRAIN);
  }

  /** Where the held-out split's first shard lies or is to be written. */
  public static Path validationPrefix(Path folder) {
    return folder.resolve(VALIDATION);
  }

  /**
   * Describes a folder whose shards and tokenizer are complete, and writes its {@code
   * dataset.json}. Whoever publishes the folder forces it to the disk.
   */
  public static Dataset seal(Path folder, DatasetFacts facts) throws IOException {
    return seal(folder, facts, Map.of());
  }

  /**
   * The same where digests are known already.
   *
   * @param known SHA-256 of files in the folder, by name; the others are read for theirs
   */
  public static Dataset seal(Path folder, DatasetFacts facts, Map<String, String> known)
      throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    for (String file : names(name -> Files.exists(folder.resolve(name)))) {
      String digest = known.get(file);
      files.put(file, digest == null ? Sha256.of(folder.resolve(file)) : digest);
    }
    Dataset dataset = new Dataset(folder, digestOf(files), facts, files);
    Files.write(folder.resolve(FACTS_FILE), dataset.toJson());
    return dataset;
  }

  /**
   * Opens a dataset; its shards are checked as they are opened, their digests by {@link #verify}.
   *
   * @throws WroughtException CORRUPT_FILE where dataset.json is missing, unreadable or contradicts
   *     itself
   */
  public static Dataset open(Path folder) {
    Path file = folder.resolve(FACTS_FILE);
    try {
      return fromJson(folder, JSON.readTree(Files.readAllBytes(file)));
    } catch (JsonProcessingException | IllegalArgumentException failure) {
      throw damaged(file, String.valueOf(failure.getMessage()), failure);
    } catch (IOException failure) {
      throw damaged(file, "it cannot be read: " + failure.getMessage(), failure);
    }
  }

  /** The training split. The caller closes it. */
  public TokenShards train() {
    return openShards(trainPrefix(folder), facts.train());
  }

  /** The held-out split. The caller closes it. */
  public TokenShards validation() {
    return openShards(validationPrefix(folder), facts.validation());
  }

  /** The tokenizer that it was made with. */
  public Path tokenizerFile() {
    return folder.resolve(TOKENIZER_FILE);
  }

  /** The report for people, if the build has made one. */
  public Optional<Path> reportPage() {
    return Optional.of(folder.resolve(REPORT_PAGE)).filter(Files::exists);
  }

  /**
   * Reads every file and compares its digest, and looks for files that were added.
   *
   * @throws WroughtException CORRUPT_FILE, which names every difference
   */
  public void verify() {
    DatasetWatch.begin(List.of(this));
  }

  private static TokenShards openShards(Path prefix, SplitCounts counts) {
    TokenShards shards;
    try {
      shards = TokenShards.open(prefix);
    } catch (IOException failure) {
      throw damaged(prefix, "its shards cannot be read: " + failure.getMessage(), failure);
    }
    if (shards.tokens() != counts.tokens() || shards.documents() != counts.documents()) {
      String found = shards.documents() + " documents, " + shards.tokens() + " tokens";
      shards.close();
      throw damaged(prefix, "it has " + found + ", where dataset.json says " + counts, null);
    }
    return shards;
  }

  private byte[] toJson() throws JsonProcessingException {
    ObjectNode node = JSON.createObjectNode();
    node.put("formatVersion", FORMAT_VERSION).put("digest", digest);
    node.setAll(JSON.<ObjectNode>valueToTree(facts));
    node.put("wordsPer100Tokens", facts.wordsPer100Tokens());
    node.put("bytesPerToken", facts.bytesPerToken());
    node.set("files", JSON.valueToTree(files));
    return (JSON.writeValueAsString(node) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static Dataset fromJson(Path folder, JsonNode node) throws JsonProcessingException {
    int version = node.path("formatVersion").asInt();
    if (version != FORMAT_VERSION) {
      throw new WroughtException(
          ErrorCode.FAILED_PRECONDITION,
          "%s has format version %d; this version of Wrought reads %d"
              .formatted(folder.resolve(FACTS_FILE), version, FORMAT_VERSION));
    }
    addWhatOlderOnesLack(node.path("corpus"));
    DatasetFacts facts = JSON.treeToValue(node, DatasetFacts.class);
    if (!node.path("files").isObject()) {
      throw damaged(folder.resolve(FACTS_FILE), "it does not name its files", null);
    }
    Map<String, String> told = JSON.convertValue(node.path("files"), new TypeReference<>() {});
    Map<String, String> files = new LinkedHashMap<>();
    names(told::containsKey).forEach(name -> files.put(name, String.valueOf(told.get(name))));
    String digest = node.path("digest").asText();
    if (!files.equals(told) || !digestOf(files).equals(digest)) {
      throw damaged(folder.resolve(FACTS_FILE), "its digest is not that of its files", null);
    }
    return new Dataset(folder, digest, facts, files);
  }

  private static void addWhatOlderOnesLack(JsonNode corpus) {
    if (corpus instanceof ObjectNode facts && !facts.has("nearDuplicates")) {
      facts.put("nearDuplicates", 0);
      for (JsonNode source : facts.path("sources")) {
        if (source instanceof ObjectNode each) {
          each.put("weight", 1);
        }
      }
    }
  }

  /**
   * The names that the digest is made of, in its order: those that every dataset has, and those of
   * further shards as far as they exist.
   */
  private static List<String> names(Predicate<String> exist) {
    List<String> names = new ArrayList<>(List.of(TOKENIZER_FILE));
    for (Path split : List.of(Path.of(TRAIN), Path.of(VALIDATION))) {
      int shard = 0;
      do {
        Path prefix = TokenShard.prefix(split, shard++);
        names.add(TokenShard.tokenFile(prefix).toString());
        names.add(TokenShard.indexFile(prefix).toString());
      } while (exist.test(TokenShard.tokenFile(TokenShard.prefix(split, shard)).toString()));
    }
    return names;
  }

  private static String digestOf(Map<String, String> files) {
    StringBuilder lines = new StringBuilder();
    files.forEach((file, digest) -> lines.append(digest).append("  ").append(file).append('\n'));
    return Sha256.of(lines.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static WroughtException damaged(Path what, String why, @Nullable Throwable cause) {
    return new WroughtException(ErrorCode.CORRUPT_FILE, what + " is damaged: " + why, cause);
  }
}
