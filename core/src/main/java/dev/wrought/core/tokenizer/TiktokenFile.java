package dev.wrought.core.tokenizer;

import dev.wrought.core.artifact.Sha256;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.text.Split;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Vocabularies as tiktoken keeps them: a line for each token, its bytes in Base64 and its rank,
 * which is its id. The file says nothing of splitting rules and special tokens; those go with its
 * name.
 *
 * <p>Source: tiktoken, load.py and openai_public.py.
 */
final class TiktokenFile {

  /** The encodings that OpenAI has published. */
  private enum Encoding {
    R50K_BASE(Split.gpt2(), 50_257, Map.of("<|endoftext|>", 50_256)),
    P50K_BASE(Split.gpt2(), 50_281, Map.of("<|endoftext|>", 50_256)),
    CL100K_BASE(
        Split.cl100k(),
        100_277,
        Map.of(
            "<|endoftext|>", 100_257,
            "<|fim_prefix|>", 100_258,
            "<|fim_middle|>", 100_259,
            "<|fim_suffix|>", 100_260,
            "<|endofprompt|>", 100_276)),
    O200K_BASE(
        Split.o200k(), 200_019, Map.of("<|endoftext|>", 199_999, "<|endofprompt|>", 200_018));

    private final Split split;
    private final int size;
    private final Map<String, Integer> special;

    Encoding(Split split, int size, Map<String, Integer> special) {
      this.split = split;
      this.size = size;
      this.special = special;
    }

    private String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private TiktokenFile() {}

  /**
   * Reads a vocabulary. Ids that no token has get placeholders, as the embeddings of models have
   * rows for them.
   *
   * @param name the file's, which begins with that of a known encoding: {@code
   *     cl100k_base.tiktoken}
   * @throws WroughtException FAILED_PRECONDITION for another name; CORRUPT_FILE, naming the line
   */
  static Tokenizer parse(byte[] file, String name) {
    Encoding encoding =
        Arrays.stream(Encoding.values())
            .filter(each -> name.startsWith(each.label()))
            .findFirst()
            .orElseThrow(() ->
                new WroughtException(
                    ErrorCode.FAILED_PRECONDITION,
                    "%s: a .tiktoken file does not say how text is split; its name has to begin with one of %s"
                        .formatted(
                            name,
                            Arrays.stream(Encoding.values())
                                .map(Encoding::label)
                                .collect(Collectors.joining(", ")))));
    Map<String, Integer> ids = ranks(file, name);
    BpeModel model = BpeModel.ofRankedTokens(ids, ids::get, BpeModel.Rules.bytes(true));
    return new Tokenizer(
        TokenizerParts.byteLevel(encoding.split, model, added(ids, encoding)), Sha256.of(file));
  }

  private static Map<String, Integer> ranks(byte[] file, String name) {
    Map<String, Integer> ids = new HashMap<>();
    int number = 0;
    for (String line :
        (Iterable<String>) new String(file, StandardCharsets.ISO_8859_1).lines()::iterator) {
      number++;
      int space = line.indexOf(' ');
      try {
        byte[] token = Base64.getDecoder().decode(line.substring(0, Math.max(0, space)));
        int rank = Integer.parseInt(line.substring(space + 1));
        if (token.length == 0 || ids.put(ByteAlphabet.write(token), rank) != null) {
          throw new IllegalArgumentException("an empty token, or one that was there before");
        }
      } catch (IllegalArgumentException damaged) {
        throw new WroughtException(
            ErrorCode.CORRUPT_FILE,
            "%s, line %d is \"%s\"; it must be a token in Base64, a blank and its rank (%s)"
                .formatted(name, number, line, damaged.getMessage()),
            damaged);
      }
    }
    return ids;
  }

  private static List<AddedToken> added(Map<String, Integer> ids, Encoding encoding) {
    boolean[] taken = new boolean[encoding.size];
    ids.values().stream()
        .filter(id -> id >= 0 && id < taken.length)
        .forEach(id -> taken[id] = true);
    List<AddedToken> added = new ArrayList<>();
    encoding.special.forEach((content, id) -> {
      added.add(AddedToken.special(id, content));
      taken[id] = true;
    });
    for (int id = 0; id < taken.length; id++) {
      if (!taken[id]) {
        added.add(AddedToken.special(id, "<|unused_%d|>".formatted(id)));
      }
    }
    return added;
  }
}
