package dev.wrought.core.tokenizer;

import static dev.wrought.core.text.TestTexts.utf8;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.fuzz.FuzzTarget;
import dev.wrought.core.fuzz.FuzzedFiles;
import java.util.List;
import java.util.Set;

/** GPT-2's vocab.json, and its merges.txt. */
public final class VocabularyAndMergesFuzz implements FuzzTarget {
  private static final byte[] VOCABULARY =
      utf8("{\"a\": 0, \"b\": 1, \"Ġ\": 2, \"ab\": 3, \"Ġab\": 4, \"<|endoftext|>\": 5}");
  private static final byte[] MERGES = utf8("#version: 0.2\na b\nĠ ab\n");

  /** Jazzer's entry. */
  public static void fuzzerTestOneInput(byte[] input) {
    new VocabularyAndMergesFuzz().readOrRefuse(input);
  }

  @Override
  public void read(byte[] input) {
    List<byte[]> files = FuzzedFiles.of(input, 2);
    FuzzedTokenizer.use(new Tokenizer(VocabularyAndMerges.parse(files.get(0), files.get(1))));
  }

  @Override
  public Set<ErrorCode> refusals() {
    return Set.of(ErrorCode.CORRUPT_FILE);
  }

  @Override
  public List<byte[]> seeds() {
    return List.of(FuzzedFiles.joined(VOCABULARY, MERGES), FuzzedFiles.joined(VOCABULARY));
  }

  @Override
  public List<String> dictionary() {
    return List.of(
        "\u00FF",
        "#version",
        "\n",
        "\r\n",
        "a b\n",
        "\"aa\": 6,",
        "<|endoftext|>",
        "\\uD800",
        "2147483648");
  }

  @Override
  public List<String> code() {
    return List.of(
        "dev/wrought/core/tokenizer/{VocabularyAndMerges,ModelJson,BpeModel,TokenList,TokenizerParts}.java");
  }
}
