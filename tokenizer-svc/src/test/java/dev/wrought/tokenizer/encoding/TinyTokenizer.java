package dev.wrought.tokenizer.encoding;

import dev.wrought.core.tokenizer.Tokenizer;
import dev.wrought.core.tokenizer.TokenizerJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A tokenizer of 262 tokens for tests: byte b has id b, "th" is 256, "the" 257, {@code <s>} 258
 * begins a text, {@code </s>} 259 ends it, {@code <pad>} 260 fills it up. {@code <mask>} 261 takes
 * the white space before it along.
 */
public final class TinyTokenizer {
  public static final int THE = 257;
  public static final int BEGIN = 258;
  public static final int END = 259;
  public static final int PAD = 260;

  private static final String FILE =
      """
      {"version": "1.0", "normalizer": null,
       "added_tokens": [%s],
       "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true},
       "post_processor": {"type": "TemplateProcessing",
         "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "</s>", "type_id": 0}}],
         "pair": [],
         "special_tokens": {"<s>": {"id": "<s>", "ids": [258], "tokens": ["<s>"]}, "</s>": {"id": "</s>", "ids": [259], "tokens": ["</s>"]}}},
       "decoder": {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true},
       "model": {"type": "BPE", "vocab": {%s, "th": 256, "the": 257}, "merges": ["t h", "th e"]}}
      """;

  private static final String ADDED =
      """
      {"id": %d, "content": "%s", "single_word": false, "lstrip": %s, "rstrip": false, "normalized": false, "special": true}\
      """;

  private TinyTokenizer() {}

  public static Tokenizer get() {
    return TokenizerJson.parse(json().getBytes(StandardCharsets.UTF_8), "tiny");
  }

  /** Writes it to a folder, and names its file. */
  public static Path in(Path folder) throws IOException {
    return Files.writeString(folder.resolve("tiny-tokenizer.json"), json());
  }

  private static String json() {
    List<String> added =
        List.of(
            ADDED.formatted(BEGIN, "<s>", false),
            ADDED.formatted(END, "</s>", false),
            ADDED.formatted(PAD, "<pad>", false),
            ADDED.formatted(261, "<mask>", true));
    return FILE.formatted(String.join(", ", added), String.join(", ", bytes()));
  }

  /** The bytes in GPT-2's alphabet: printable ones stand for themselves, the others from U+0100. */
  private static List<String> bytes() {
    List<String> entries = new ArrayList<>();
    int others = 0;
    for (int value = 0; value < 256; value++) {
      boolean printable =
          (value >= '!' && value <= '~') || (value >= 0xA1 && value <= 0xFF && value != 0xAD);
      char written = (char) (printable ? value : 256 + others++);
      String escaped = written == '"' || written == '\\' ? "\\" + written : "" + written;
      entries.add("\"%s\": %d".formatted(escaped, value));
    }
    return entries;
  }
}
