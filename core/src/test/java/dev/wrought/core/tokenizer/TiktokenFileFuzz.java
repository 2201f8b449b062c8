package dev.wrought.core.tokenizer;

import static dev.wrought.core.text.TestTexts.utf8;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.fuzz.FuzzTarget;
import dev.wrought.core.fuzz.FuzzedFiles;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** OpenAI's .tiktoken, and perhaps the file beside it. */
public final class TiktokenFileFuzz implements FuzzTarget {
  private static final byte[] RANKS = utf8("YQ== 0\nYg== 1\nIA== 2\nYWI= 3\n");
  private static final byte[] BESIDES =
      utf8(
          """
          {"name": "own", "pat_str": "\\\\p{L}+|\\\\s+", "special_tokens": {"<|endoftext|>": 5}, "explicit_n_vocab": 7}
          """);

  /** Jazzer's entry. */
  public static void fuzzerTestOneInput(byte[] input) {
    new TiktokenFileFuzz().readOrRefuse(input);
  }

  @Override
  public void read(byte[] input) {
    List<byte[]> files = FuzzedFiles.of(input, 2);
    byte[] besides = files.get(1);
    Optional<byte[]> rest = besides.length == 0 ? Optional.empty() : Optional.of(besides);
    FuzzedTokenizer.use(TiktokenFile.parse(files.get(0), "r50k_base.tiktoken", rest));
  }

  @Override
  public Set<ErrorCode> refusals() {
    return Set.of(ErrorCode.CORRUPT_FILE, ErrorCode.FAILED_PRECONDITION);
  }

  @Override
  public List<byte[]> seeds() {
    return List.of(FuzzedFiles.joined(RANKS), FuzzedFiles.joined(RANKS, BESIDES));
  }

  @Override
  public List<String> dictionary() {
    return List.of(
        "\u00FF",
        "==",
        "\n",
        "YWE= 4\n",
        "\"pat_str\":",
        "\"special_tokens\":",
        "\"explicit_n_vocab\":",
        "<|endoftext|>",
        "2147483647",
        "-1");
  }

  @Override
  public List<String> code() {
    return List.of(
        "dev/wrought/core/tokenizer/{TiktokenFile,ByteAlphabet,BpeModel,TokenList,TokenizerParts}.java");
  }
}
