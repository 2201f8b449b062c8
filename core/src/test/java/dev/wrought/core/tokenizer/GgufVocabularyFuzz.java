package dev.wrought.core.tokenizer;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.fuzz.FuzzTarget;
import dev.wrought.core.gguf.GgufFile;
import dev.wrought.core.gguf.GgufMetadata;
import dev.wrought.core.gguf.GgufValue;
import dev.wrought.core.gguf.GgufWriter;
import dev.wrought.core.gguf.MetadataType;
import dev.wrought.core.gguf.Numbers;
import dev.wrought.core.gguf.Texts;
import dev.wrought.core.text.TinyCharacterMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/** A GGUF file, and the vocabulary in it. */
public final class GgufVocabularyFuzz implements FuzzTarget {
  private static final List<String> BYTES = List.of("a", "b", "Ġ", "ab", "Ġab", "<|end|>");
  private static final List<String> PIECES = List.of("<unk>", "<s>", "<0xE2>", "▁", "a", "ab");

  /** Jazzer's entry. */
  public static void fuzzerTestOneInput(byte[] input) {
    new GgufVocabularyFuzz().readOrRefuse(input);
  }

  @Override
  public void read(byte[] input) {
    try (GgufFile file = GgufFile.of(input, "fuzzed")) {
      file.tensors().keySet().forEach(file::data);
      FuzzedTokenizer.use(new Tokenizer(GgufVocabulary.read(file.metadata())));
    }
  }

  /** A file may be sound and have no vocabulary: then a key is not found. */
  @Override
  public Set<ErrorCode> refusals() {
    return Set.of(ErrorCode.CORRUPT_FILE, ErrorCode.FAILED_PRECONDITION, ErrorCode.NOT_FOUND);
  }

  @Override
  public List<byte[]> seeds() {
    return List.of(
        file(
            "gpt2",
            BYTES,
            Map.of(
                GgufVocabulary.FAMILY,
                new GgufValue.Text("smollm"),
                GgufVocabulary.MERGES,
                Texts.of(List.of("a b", "Ġ ab")),
                GgufVocabulary.TYPES,
                integers(1, 1, 1, 1, 1, 3),
                GgufVocabulary.END_ID,
                id(5))),
        file("llama", PIECES, pieces()),
        file("t5", PIECES, pieces()));
  }

  private static SequencedMap<String, GgufValue> pieces() {
    SequencedMap<String, GgufValue> values = new LinkedHashMap<>();
    values.put(GgufVocabulary.SCORES, Numbers.ofFloats(0, 0, 0, -1, -2, -3));
    values.put(GgufVocabulary.TYPES, integers(2, 3, 6, 1, 1, 4));
    values.put(GgufVocabulary.UNKNOWN_ID, id(0));
    values.put(GgufVocabulary.BEGIN_ID, id(1));
    values.put(GgufVocabulary.ADD_BEGIN, new GgufValue.Bool(true));
    values.put(GgufVocabulary.REMOVE_SPACES, new GgufValue.Bool(true));
    byte[] table = TinyCharacterMap.file();
    long[] numbers = new long[table.length];
    for (int at = 0; at < table.length; at++) {
      numbers[at] = table[at] & 0xFF;
    }
    values.put(GgufVocabulary.CHARACTER_MAP, Numbers.ofIntegers(MetadataType.UINT8, numbers));
    return values;
  }

  private static Numbers integers(long... numbers) {
    return Numbers.ofIntegers(MetadataType.INT32, numbers);
  }

  private static GgufValue id(int id) {
    return new GgufValue.Int(MetadataType.UINT32, id);
  }

  private static byte[] file(String model, List<String> tokens, Map<String, GgufValue> more) {
    SequencedMap<String, GgufValue> values = new LinkedHashMap<>();
    values.put(GgufVocabulary.MODEL, new GgufValue.Text(model));
    values.put(GgufVocabulary.TOKENS, Texts.of(tokens));
    values.putAll(more);
    try {
      Path file = Files.createTempFile("seed", ".gguf");
      try {
        GgufWriter.write(file, GgufMetadata.of(values), List.of());
        return Files.readAllBytes(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public List<String> dictionary() {
    return List.of(
        "GGUF",
        GgufVocabulary.MODEL,
        GgufVocabulary.FAMILY,
        GgufVocabulary.TOKENS,
        GgufVocabulary.SCORES,
        GgufVocabulary.TYPES,
        GgufVocabulary.MERGES,
        GgufVocabulary.BEGIN_ID,
        GgufVocabulary.END_ID,
        GgufVocabulary.UNKNOWN_ID,
        GgufVocabulary.PAD_ID,
        GgufVocabulary.ADD_SPACE,
        "general.alignment",
        "gpt2",
        "llama",
        "t5",
        "llama-bpe",
        "\t\0\0\0\b\0\0\0", // an array of strings
        "\t\0\0\0\t\0\0\0",
        "\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u007F");
  }

  @Override
  public List<String> code() {
    return List.of(
        "dev/wrought/core/gguf/*.java",
        "dev/wrought/core/tokenizer/{GgufVocabulary,GgufFamily,SentencePieceText,SentencePieceRanks}.java",
        "dev/wrought/core/tokenizer/{BpeModel,UnigramModel,TokenList,TokenizerParts}.java");
  }
}
