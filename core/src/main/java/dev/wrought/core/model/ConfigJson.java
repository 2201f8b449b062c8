package dev.wrought.core.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalInt;

/** config.json: what all architectures have in common in it. */
final class ConfigJson {

  private static final long MOST_BYTES = 1 << 20;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private ConfigJson() {}

  static ModelConfig read(Path file) {
    JsonNode json = parse(file);
    try {
      return Architecture.ofClassName(className(json)).read(new ConfigKeys(json));
    } catch (WroughtException | ArithmeticException e) {
      throw new WroughtException(ErrorCode.INVALID_ARGUMENT, file + ": " + e.getMessage(), e);
    }
  }

  static void write(ModelConfig config, Path file) {
    Architecture architecture = config.architecture();
    ObjectNode json = JSON.createObjectNode();
    json.putArray("architectures").add(architecture.className());
    json.put("model_type", architecture.modelType());
    json.put("vocab_size", config.vocabularySize());
    architecture.write(config, json);
    json.put("tie_word_embeddings", config.tiedEmbeddings());
    json.put("initializer_range", config.initializerStd());
    writeId(json, "bos_token_id", config.specialIds().begin());
    writeId(json, "eos_token_id", config.specialIds().end());
    json.put("torch_dtype", config.weightType().torchName());
    json.put("use_cache", true);
    try {
      Files.write(file, JSON.writeValueAsBytes(json));
    } catch (IOException e) {
      throw new WroughtException(
          ErrorCode.STORAGE, "cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  /** An absent id is written as null: left out, it would mean the architecture's own default. */
  private static void writeId(ObjectNode json, String key, OptionalInt id) {
    id.ifPresentOrElse(value -> json.put(key, value), () -> json.putNull(key));
  }

  private static String className(JsonNode json) {
    JsonNode name = json.path("architectures").path(0);
    Checks.require(
        name.isTextual(),
        () -> "`architectures` is missing, the list that names the model's class");
    return name.textValue();
  }

  private static JsonNode parse(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new WroughtException(
            ErrorCode.CORRUPT_FILE,
            "%s has %,d bytes, a configuration at most %,d"
                .formatted(file, Files.size(file), MOST_BYTES));
      }
      return JSON.readTree(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new WroughtException(ErrorCode.NOT_FOUND, "there is no file " + file, e);
    } catch (JsonProcessingException e) {
      throw noJson(file, e.getOriginalMessage(), e);
    } catch (CharConversionException e) {
      throw noJson(file, String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new WroughtException(
          ErrorCode.STORAGE, "cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static WroughtException noJson(Path file, String why, IOException cause) {
    return new WroughtException(ErrorCode.CORRUPT_FILE, file + " is no JSON: " + why, cause);
  }
}
