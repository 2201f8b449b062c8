package dev.wrought.core.tokenizer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrought.core.artifact.DurableFiles;
import dev.wrought.core.artifact.Sha256;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.text.Split;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
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

  /**
   * What lies beside a file that is not OpenAI's: the other arguments of tiktoken's Encoding.
   *
   * @param size of the vocabulary; if it is not said, it ends with its last token
   */
  private record Rest(Split split, Map<String, Integer> special, OptionalInt size) {
    static Rest of(Encoding encoding) {
      return new Rest(encoding.split, encoding.special, OptionalInt.of(encoding.size));
    }
  }

  private static final String PATTERN = "pat_str";
  private static final String SPECIAL = "special_tokens";
  private static final String SIZE = "explicit_n_vocab";

  /** Characters. */
  private static final int USUAL_LINE = 16;

  /** Characters of a line, and of what is wrong with it, that a message shows. */
  private static final int MOST_SHOWN = 80;

  /** Ids without a token, of which known vocabularies have some hundreds; each takes memory. */
  private static final int MOST_UNUSED = 1 << 16;

  private TiktokenFile() {}

  /** The file beside a {@code .tiktoken} that says what that does not. */
  static Path besides(Path file) {
    return file.resolveSibling(file.getFileName() + ".json");
  }

  /**
   * Reads a vocabulary. Ids that no token has get placeholders, as the embeddings of models have
   * rows for them.
   *
   * @param name the file's; unless there is a file beside it, it begins with that of a known
   *     encoding: {@code cl100k_base.tiktoken}
   * @throws WroughtException FAILED_PRECONDITION for another name; CORRUPT_FILE, naming the line;
   *     the caller adds the file's path
   */
  static Tokenizer parse(byte[] file, String name, Optional<byte[]> besides) {
    Rest rest = besides.map(json -> rest(json, name)).orElseGet(() -> Rest.of(encoding(name)));
    TokenList tokens = tokens(file);
    BpeModel model = new BpeModel(tokens, new ReachedMerges(tokens), BpeModel.Rules.bytes(true));
    TokenizerParts parts = TokenizerParts.byteLevel(rest.split, model, added(tokens, rest));
    return besides.isEmpty() ? new Tokenizer(parts, () -> Sha256.of(file)) : new Tokenizer(parts);
  }

  private static Encoding encoding(String name) {
    return Arrays.stream(Encoding.values())
        .filter(each -> name.startsWith(each.label()))
        .findFirst()
        .orElseThrow(() ->
            new WroughtException(
                ErrorCode.FAILED_PRECONDITION,
                "a .tiktoken file does not say how text is split; its name has to begin with one of %s, or a file %s.json with %s, %s and %s has to lie beside it"
                    .formatted(
                        Arrays.stream(Encoding.values())
                            .map(Encoding::label)
                            .collect(Collectors.joining(", ")),
                        name,
                        PATTERN,
                        SPECIAL,
                        SIZE)));
  }

  private static Rest rest(byte[] json, String name) {
    try {
      JsonNode rest = json().readTree(json);
      Map<String, Integer> special = new HashMap<>();
      for (Map.Entry<String, JsonNode> token : rest.path(SPECIAL).properties()) {
        special.put(token.getKey(), token.getValue().asInt(-1));
      }
      return new Rest(Split.isolated(JsonSteps.text(rest, PATTERN)), special, size(rest));
    } catch (JsonProcessingException damaged) {
      throw noJson(name, TokenizerJsonParser.reason(damaged), damaged);
    } catch (IOException notText) {
      throw noJson(name, String.valueOf(notText.getMessage()), notText);
    }
  }

  private static WroughtException noJson(String name, String why, IOException cause) {
    return new WroughtException(ErrorCode.CORRUPT_FILE, name + ".json is no JSON: " + why, cause);
  }

  private static OptionalInt size(JsonNode rest) {
    JsonNode size = rest.path(SIZE);
    if (size.isMissingNode() || size.isNull()) {
      return OptionalInt.empty();
    }
    if (!size.isIntegralNumber() || !size.canConvertToInt()) {
      throw new WroughtException(
          ErrorCode.CORRUPT_FILE, "%s is %s where a number is expected".formatted(SIZE, size));
    }
    return OptionalInt.of(size.asInt());
  }

  /**
   * Writes a vocabulary and what lies beside it.
   *
   * @throws WroughtException FAILED_PRECONDITION for what the format cannot say: other than
   *     byte-level BPE with one rule for cutting
   */
  static void write(TokenizerParts parts, Path file) throws IOException {
    boolean bytes = parts.model() instanceof BpeModel bpe && bpe.rules().byteLevel();
    if (!bytes
        || !parts.normalizer().isNone()
        || parts.preTokenizers().size() != 1
        || !(parts.preTokenizers().getFirst() instanceof PreTokenizer.Cut(Split split))) {
      throw JsonSteps.unknown(
          "this tokenizer as .tiktoken", "byte-level BPE with one pattern of words");
    }
    ObjectNode rest = json().createObjectNode();
    rest.put("name", String.valueOf(file.getFileName()).replaceAll("\\.tiktoken$", ""));
    rest.put(PATTERN, split.pattern());
    ObjectNode special = rest.putObject(SPECIAL);
    Set<Integer> added = new HashSet<>();
    for (AddedToken token : parts.added()) {
      special.put(token.content(), token.id());
      added.add(token.id());
    }
    rest.put(SIZE, parts.vocabulary().size());
    StringBuilder lines = new StringBuilder();
    Model model = parts.model();
    for (int id = 0; id < model.tokens().size(); id++) {
      if (model.tokens().has(id) && !added.contains(id)) {
        lines
            .append(Base64.getEncoder().encodeToString(model.bytes(id)))
            .append(' ')
            .append(id)
            .append('\n');
      }
    }
    DurableFiles.write(
        besides(file), (json().writeValueAsString(rest) + "\n").getBytes(StandardCharsets.UTF_8));
    DurableFiles.write(file, lines.toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Made where it is needed: OpenAI's files need none, and it takes longer than they do. */
  private static ObjectMapper json() {
    return JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  }

  private static TokenList tokens(byte[] file) {
    String lines = new String(file, StandardCharsets.ISO_8859_1);
    TokenList tokens = new TokenList(lines.length() / USUAL_LINE);
    int number = 1;
    for (int at = 0; at < lines.length(); number++) {
      int newline = lines.indexOf('\n', at);
      int end = newline < 0 ? lines.length() : newline;
      try {
        add(file, lines, at, end, tokens);
      } catch (IllegalArgumentException | WroughtException damaged) {
        throw new WroughtException(
            ErrorCode.CORRUPT_FILE,
            "line %d is \"%s\"; it must be a token in Base64, a blank and its rank (%s)"
                .formatted(
                    number,
                    shown(lines.substring(at, end)),
                    shown(String.valueOf(damaged.getMessage()))),
            damaged);
      }
      at = end + 1;
    }
    return tokens;
  }

  /** Adds the token of a line, which is given as bytes and as text. */
  private static void add(byte[] file, String lines, int from, int to, TokenList tokens) {
    int end = to;
    while (end > from && Character.isWhitespace(lines.charAt(end - 1))) {
      end--;
    }
    int space = lines.indexOf(' ', from, end);
    if (space < 0) {
      throw new IllegalArgumentException("no blank");
    }
    int rank = Integer.parseInt(lines, space + 1, end, 10);
    byte[] token = Base64.getDecoder().decode(Arrays.copyOfRange(file, from, space));
    byte[] written = new byte[2 * token.length];
    int length = ByteAlphabet.write(token, 0, token.length, written);
    if (length == 0 || tokens.add(rank, written, 0, length) != TokenList.NONE) {
      throw new IllegalArgumentException("an empty token, or one that was there before");
    }
  }

  private static String shown(String text) {
    return text.length() > MOST_SHOWN
        ? text.substring(0, MOST_SHOWN) + "..."
        : text.stripTrailing();
  }

  private static List<AddedToken> added(TokenList tokens, Rest rest) {
    int size = size(tokens, rest);
    boolean[] taken = new boolean[size];
    for (int id = 0; id < tokens.size(); id++) {
      taken[id] = tokens.has(id);
    }
    List<AddedToken> added = new ArrayList<>();
    rest.special.forEach((content, id) -> {
      if (id < 0 || id >= size) {
        throw new WroughtException(
            ErrorCode.CORRUPT_FILE,
            "special token '%s' has id %d; ids are 0 to %d".formatted(content, id, size - 1));
      }
      added.add(AddedToken.special(id, content));
      taken[id] = true;
    });
    for (int id = 0; id < size; id++) {
      if (!taken[id]) {
        added.add(AddedToken.special(id, "<|unused_%d|>".formatted(id)));
      }
    }
    return added;
  }

  private static int size(TokenList tokens, Rest rest) {
    int most = tokens.count() + rest.special.size() + MOST_UNUSED;
    int least = Math.max(1, tokens.size());
    int last = rest.special.values().stream().mapToInt(id -> id).max().orElse(0);
    long size = rest.size.isPresent() ? rest.size.getAsInt() : Math.max(least, last + 1L);
    if (size < least || size > most) {
      throw new WroughtException(
          ErrorCode.CORRUPT_FILE,
          "the vocabulary is to have %d tokens (%s, or the last special one); the file's %d and %d special ones make %d to %d"
              .formatted(size, SIZE, tokens.count(), rest.special.size(), least, most));
    }
    return (int) size;
  }
}
