package dev.wrought.core.tokenizer;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.fuzz.FuzzTarget;
import dev.wrought.core.text.TestTexts;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Hugging Face's tokenizer.json, of every kind of model and step. */
public final class TokenizerJsonFuzz implements FuzzTarget {
  private static final String UNIGRAM =
      """
      {"normalizer": {"type": "Sequence", "normalizers": [
         {"type": "NFKC"}, {"type": "Lowercase"}, {"type": "StripAccents"},
         {"type": "Strip", "strip_left": true, "strip_right": false},
         {"type": "Prepend", "prepend": "_"},
         {"type": "Replace", "pattern": {"String": "dog"}, "content": "cat"},
         {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "}]},
       "pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "first", "split": true},
       "decoder": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "first"},
       "added_tokens": [{"id": 4, "content": "ab", "special": false, "single_word": true, "normalized": true}],
       "model": {"type": "Unigram", "unk_id": 0, "byte_fallback": false,
         "vocab": [["<unk>", 0], ["▁", -2.5], ["a", -3], ["▁a", -4e0]]}}
      """;

  private static final String CHARACTERS =
      """
      {"pre_tokenizer": {"type": "Sequence", "pretokenizers": [
         {"type": "Split", "pattern": {"Regex": "\\\\s+(?!\\\\S)|\\\\p{L}{1,3}"}, "behavior": "MergedWithNext", "invert": true},
         {"type": "Split", "pattern": {"String": "at"}, "behavior": "Removed"},
         {"type": "Digits", "individual_digits": true}, {"type": "Punctuation", "behavior": "Contiguous"},
         {"type": "Whitespace"}, {"type": "WhitespaceSplit"}, {"type": "BertPreTokenizer"}]},
       "post_processor": {"type": "TemplateProcessing",
         "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
         "special_tokens": {"<s>": {"id": "<s>", "ids": [1], "tokens": ["<s>"]}}},
       "decoder": {"type": "Sequence", "decoders": [
         {"type": "Replace", "pattern": {"String": "▁"}, "content": " "}, {"type": "ByteFallback"},
         {"type": "Fuse"}, {"type": "Strip", "content": " ", "start": 1, "stop": 0}]},
       "added_tokens": [{"id": 1, "content": "<s>", "special": true, "lstrip": true, "rstrip": true}],
       "model": {"type": "BPE", "unk_token": "<unk>", "fuse_unk": true, "byte_fallback": true,
         "vocab": {"<unk>": 0, "<s>": 1, "a": 2, "b": 3, "ab": 4, "<0xE2>": 5, "é": 6},
         "merges": [["a", "b"]]}}
      """;

  private static final String BYTES =
      """
      {"pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": true, "use_regex": true},
       "post_processor": {"type": "RobertaProcessing", "sep": ["a", 0], "cls": ["b", 1]},
       "decoder": {"type": "ByteLevel"},
       "model": {"type": "BPE", "dropout": null, "ignore_merges": true,
         "vocab": {"a": 0, "b": 1, "Ġ": 2, "ab": 3, "Ġab": 4}, "merges": ["a b", "Ġ ab"]}}
      """;

  /** Jazzer's entry. */
  public static void fuzzerTestOneInput(byte[] input) {
    new TokenizerJsonFuzz().readOrRefuse(input);
  }

  @Override
  public void read(byte[] input) {
    FuzzedTokenizer.use(TokenizerJson.parse(input, "fuzzed"));
  }

  @Override
  public Set<ErrorCode> refusals() {
    return Set.of(ErrorCode.CORRUPT_FILE, ErrorCode.FAILED_PRECONDITION);
  }

  @Override
  public List<byte[]> seeds() {
    return Stream.of(UNIGRAM, CHARACTERS, BYTES).map(TestTexts::utf8).toList();
  }

  @Override
  public List<String> dictionary() {
    return List.of(
        "\"model\":",
        "\"type\":",
        "\"BPE\"",
        "\"Unigram\"",
        "\"vocab\":",
        "\"merges\":",
        "\"unk_id\":",
        "\"unk_token\":",
        "\"byte_fallback\":",
        "\"fuse_unk\":",
        "\"dropout\":",
        "\"ignore_merges\":",
        "\"added_tokens\":",
        "\"id\":",
        "\"ids\":",
        "\"content\":",
        "\"special\":",
        "\"single_word\":",
        "\"lstrip\":",
        "\"rstrip\":",
        "\"normalized\":",
        "\"normalizer\":",
        "\"normalizers\":",
        "\"pre_tokenizer\":",
        "\"pretokenizers\":",
        "\"post_processor\":",
        "\"processors\":",
        "\"decoder\":",
        "\"decoders\":",
        "\"Sequence\"",
        "\"pattern\":",
        "\"String\":",
        "\"Regex\":",
        "\"Precompiled\"",
        "\"precompiled_charsmap\":",
        "\"NFD\"",
        "\"ByteLevel\"",
        "\"BertProcessing\"",
        "\"add_prefix_space\":",
        "\"MergedWithPrevious\"",
        "\"Isolated\"",
        "\\uD800",
        "\\u0000",
        "null",
        "true",
        "false",
        "2147483647",
        "-1",
        "1e999",
        "[[",
        "{}");
  }

  @Override
  public List<String> code() {
    return List.of(
        "dev/wrought/core/tokenizer/{TokenizerJson,TokenizerJsonParser,JsonSteps,ModelJson}.java",
        "dev/wrought/core/tokenizer/{Normalizer,PreTokenizer,PostProcessor,Decoder}Json.java",
        "dev/wrought/core/tokenizer/{TokenizerParts,TokenList,BpeModel,UnigramModel}.java",
        "dev/wrought/core/tokenizer/TokenizerJsonWriter.java");
  }
}
