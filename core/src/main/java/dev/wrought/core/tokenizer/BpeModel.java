package dev.wrought.core.tokenizer;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * Byte-pair encoding: a word begins as its bytes or characters, and neighbours merge by rank. Where
 * every byte has a token any text can be encoded; Falcon, for one, leaves some control characters
 * out.
 *
 * <p>Source: Sennrich et al. 2016; Radford et al. 2019, section 2.2 (bytes).
 */
final class BpeModel implements Model {
  /** Two tokens that become one, as written in the file. */
  record Merge(String left, String right) {
    /** A merge as "a b". @param rank for messages */
    static Merge parse(String text, int rank) {
      int space = text.indexOf(' ');
      if (space < 0 || text.indexOf(' ', space + 1) >= 0) {
        throw damaged("merge %d is '%s', not two tokens".formatted(rank, text));
      }
      return new Merge(text.substring(0, space), text.substring(space + 1));
    }
  }

  /**
   * How words become tokens, beside the merges.
   *
   * @param byteLevel tokens are bytes, written in the {@link ByteAlphabet}; else characters
   * @param wholeWords a word that is a token becomes that, whatever its merges say
   * @param byteFallback a character without token becomes those of its bytes, such as {@code
   *     <0xE2>}
   * @param unknown the token of a character that has none; if there is none, it is left out
   * @param fuseUnknown several unknown characters in a row are one token
   */
  record Rules(
      boolean byteLevel,
      boolean wholeWords,
      boolean byteFallback,
      Optional<String> unknown,
      boolean fuseUnknown) {
    static final Rules BYTES = new Rules(true, false, false, Optional.empty(), false);

    /** As GPT-2, with or without {@code wholeWords}. */
    static Rules bytes(boolean wholeWords) {
      return new Rules(true, wholeWords, false, Optional.empty(), false);
    }
  }

  static final int NEVER_MERGED = -1;

  private final Rules rules;
  private final Map<String, Integer> ids;
  private final TokenList tokens;
  private final int[] byteIds;
  private final int[] left;
  private final int[] right;
  private final int[] results;
  private final int[] ranks;
  private final MergeTable merges;
  private final InitialTokens initial;
  private final WholeWords wholeWords;

  /**
   * Checks and joins the parts of a file.
   *
   * @param ids token to id, as written in the file
   * @param merges by rank
   * @throws WroughtException CORRUPT_FILE, naming the token: negative or duplicate ids, a merge of
   *     or into what does not exist
   */
  BpeModel(Map<String, Integer> ids, List<Merge> merges, Rules rules) {
    this(ids, merges, rules, IntStream.range(0, merges.size()).toArray());
  }

  private BpeModel(Map<String, Integer> ids, List<Merge> merges, Rules rules, int[] ranks) {
    this.rules = rules;
    this.ids = Map.copyOf(ids);
    this.tokens = tokens(this.ids, rules);
    this.byteIds = rules.byteLevel() ? byteIds(this.ids) : new int[0];
    rules.unknown().ifPresent(this::checkExists);
    this.ranks = ranks;
    this.left = new int[merges.size()];
    this.right = new int[merges.size()];
    this.results = new int[merges.size()];
    for (int merge = 0; merge < merges.size(); merge++) {
      Merge each = merges.get(merge);
      left[merge] = mergedId(each, merge, each.left());
      right[merge] = mergedId(each, merge, each.right());
      results[merge] = mergedId(each, merge, each.left() + each.right());
    }
    this.merges = new MergeTable(left, right, ranks, results);
    this.initial = rules.byteLevel() ? new InitialTokens.OfBytes(byteIds) : characterTokens();
    this.wholeWords = wholeWords();
  }

  /**
   * A model whose merges follow from its tokens, as tiktoken and SentencePiece have it: any two
   * neighbours that together are a token merge, the one of the lowest rank first.
   *
   * @param ids token to id, as written in the file
   * @param rank of a token; equal ones merge from the left; {@link #NEVER_MERGED} for one that
   *     nothing merges into
   */
  static BpeModel ofRankedTokens(
      Map<String, Integer> ids, ToIntFunction<String> rank, Rules rules) {
    List<Merge> merges = new ArrayList<>();
    List<Integer> ranks = new ArrayList<>();
    ids.keySet().stream()
        .filter(token -> rank.applyAsInt(token) != NEVER_MERGED)
        .sorted(Comparator.comparingInt(rank).thenComparing(ids::get))
        .forEach(token -> {
          for (int cut = 1; cut < token.length(); cut++) {
            String left = token.substring(0, cut);
            String right = token.substring(cut);
            if (ids.containsKey(left) && ids.containsKey(right)) {
              merges.add(new Merge(left, right));
              ranks.add(rank.applyAsInt(token));
            }
          }
        });
    return new BpeModel(ids, merges, rules, ranks.stream().mapToInt(Integer::intValue).toArray());
  }

  @Override
  public String name() {
    return "bpe";
  }

  @Override
  public TokenList tokens() {
    return tokens;
  }

  @Override
  public int merges() {
    return results.length;
  }

  @Override
  public WordModel wordModel() {
    return new WordMerger(merges, initial, wholeWords);
  }

  Rules rules() {
    return rules;
  }

  /** The left token of a merge, by rank, as the file has it. */
  String leftOf(int merge) {
    return tokens.written(left[merge]);
  }

  String rightOf(int merge) {
    return tokens.written(right[merge]);
  }

  /** The token that a merge makes. */
  int resultOf(int merge) {
    return results[merge];
  }

  /** When it merges: the lowest first. */
  int rankOf(int merge) {
    return ranks[merge];
  }

  private static TokenList tokens(Map<String, Integer> ids, Rules rules) {
    TokenList tokens = new TokenList(TokenList.MOST_TOKENS);
    for (Map.Entry<String, Integer> token : ids.entrySet()) {
      tokens.set(token.getValue(), token.getKey(), bytesOf(token.getKey(), rules));
    }
    return tokens;
  }

  /** What a token stands for. One that is not written in the byte alphabet stands for itself. */
  private static byte[] bytesOf(String token, Rules rules) {
    Optional<byte[]> bytes = Optional.empty();
    if (rules.byteLevel()) {
      bytes = ByteAlphabet.read(token);
    } else if (rules.byteFallback()) {
      bytes = ByteFallback.read(token);
    }
    return bytes.orElseGet(() -> token.getBytes(StandardCharsets.UTF_8));
  }

  private static int[] byteIds(Map<String, Integer> ids) {
    int[] byteIds = new int[ByteAlphabet.SIZE];
    for (int value = 0; value < byteIds.length; value++) {
      String written = ByteAlphabet.write(new byte[] {(byte) value});
      byteIds[value] = ids.getOrDefault(written, InitialTokens.NONE);
    }
    return byteIds;
  }

  private InitialTokens characterTokens() {
    return new InitialTokens.OfCharacters(
        ids,
        rules.byteFallback() ? ByteFallback.ids(ids) : Optional.empty(),
        rules.unknown().map(ids::get),
        rules.fuseUnknown());
  }

  private WholeWords wholeWords() {
    WholeWords words = new WholeWords();
    if (rules.wholeWords()) {
      ids.values().forEach(id -> words.add(tokens.bytes(id), id));
    }
    return words;
  }

  private int mergedId(Merge merge, int rank, String token) {
    Integer id = ids.get(token);
    if (id == null) {
      throw damaged(
          "merge %d, '%s' and '%s', needs the token '%s', which does not exist"
              .formatted(rank, merge.left(), merge.right(), token));
    }
    return id;
  }

  private void checkExists(String unknown) {
    if (!ids.containsKey(unknown)) {
      throw damaged("the token for unknown characters, '" + unknown + "', does not exist");
    }
  }

  private static WroughtException damaged(String why) {
    return new WroughtException(ErrorCode.CORRUPT_FILE, why);
  }
}
