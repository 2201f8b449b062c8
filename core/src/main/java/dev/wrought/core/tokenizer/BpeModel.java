package dev.wrought.core.tokenizer;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
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
  private final MergeList merges;

  /**
   * Checks and joins the parts of a file.
   *
   * @param ids token to id, as written in the file; not to be changed any more
   * @param merges by rank
   * @throws WroughtException CORRUPT_FILE, naming the token: negative or duplicate ids, a merge of
   *     or into what does not exist
   */
  BpeModel(Map<String, Integer> ids, List<Merge> merges, Rules rules) {
    this(ids, rules, new MergeList(merges.size()));
    for (Merge merge : merges) {
      int rank = this.merges.size();
      this.merges.add(
          rank,
          mergedId(merge, rank, merge.left()),
          mergedId(merge, rank, merge.right()),
          mergedId(merge, rank, merge.left().concat(merge.right())));
    }
  }

  private BpeModel(Map<String, Integer> ids, Rules rules, MergeList merges) {
    this.rules = rules;
    this.ids = Collections.unmodifiableMap(ids);
    this.tokens = tokens(this.ids, rules);
    this.byteIds = rules.byteLevel() ? byteIds(this.ids) : new int[0];
    this.merges = merges;
    rules.unknown().ifPresent(this::checkExists);
  }

  /**
   * A model whose merges follow from its tokens, as tiktoken and SentencePiece have it: any two
   * neighbours that together are a token merge, the one of the lowest rank first.
   *
   * @param ids token to id, as written in the file; not to be changed any more
   * @param rank of a token by id; equal ones merge from the left; {@link #NEVER_MERGED} for one
   *     that nothing merges into
   */
  static BpeModel ofRankedTokens(Map<String, Integer> ids, IntUnaryOperator rank, Rules rules) {
    BpeModel model = new BpeModel(ids, rules, new MergeList(ids.size()));
    model.deriveMerges(rank);
    return model;
  }

  private void deriveMerges(IntUnaryOperator rank) {
    WordTable index = new WordTable(WordTable.ALL);
    long[] byRank = new long[ids.size()];
    int ranked = 0;
    for (int id = 0; id < tokens.size(); id++) {
      if (tokens.has(id)) {
        byte[] token = unmerged(id);
        index.add(token, 0, token.length, new int[] {id}, 1);
        if (rank.applyAsInt(id) != NEVER_MERGED) {
          byRank[ranked++] = (long) rank.applyAsInt(id) << 32 | id;
        }
      }
    }
    Arrays.sort(byRank, 0, ranked);
    for (int i = 0; i < ranked; i++) {
      int id = (int) byRank[i];
      byte[] token = unmerged(id);
      for (int cut = 1; cut < token.length; cut++) {
        int left = index.find(token, 0, cut);
        int right = left < 0 ? -1 : index.find(token, cut, token.length);
        if (right >= 0) {
          merges.add((int) (byRank[i] >>> 32), index.first(left), index.first(right), id);
        }
      }
    }
  }

  /** What of a token its parts are parts of. */
  private byte[] unmerged(int id) {
    return rules.byteLevel()
        ? tokens.bytes(id)
        : tokens.written(id).getBytes(StandardCharsets.UTF_8);
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
    return merges.size();
  }

  @Override
  public Supplier<WordModel> wordModels() {
    MergeTable table = merges.table();
    InitialTokens initial =
        rules.byteLevel() ? new InitialTokens.OfBytes(byteIds) : characterTokens();
    WholeWords whole = wholeWords();
    return () -> new WordMerger(table, initial, whole);
  }

  Rules rules() {
    return rules;
  }

  /** The left token of a merge, by rank, as the file has it. */
  String leftOf(int merge) {
    return tokens.written(merges.left(merge));
  }

  String rightOf(int merge) {
    return tokens.written(merges.right(merge));
  }

  /** The token that a merge makes. */
  int resultOf(int merge) {
    return merges.result(merge);
  }

  /** Whether another has the same merges, and makes the same tokens in the same order. */
  boolean mergesAs(BpeModel other) {
    return pairs().equals(other.pairs()) && results().equals(other.results());
  }

  private Set<Long> pairs() {
    Set<Long> pairs = new HashSet<>();
    for (int merge = 0; merge < merges.size(); merge++) {
      pairs.add((long) merges.left(merge) << 32 | merges.right(merge));
    }
    return pairs;
  }

  /** What the merges make, by rank; the same once where it is made in several ways at once. */
  private List<Integer> results() {
    List<Integer> byRank =
        IntStream.range(0, merges.size())
            .boxed()
            .sorted(Comparator.comparingInt(merges::rank))
            .map(merges::result)
            .toList();
    return IntStream.range(0, byRank.size())
        .filter(i -> i == 0 || !byRank.get(i).equals(byRank.get(i - 1)))
        .mapToObj(byRank::get)
        .toList();
  }

  /** When it merges: the lowest first. */
  int rankOf(int merge) {
    return merges.rank(merge);
  }

  private static TokenList tokens(Map<String, Integer> ids, Rules rules) {
    TokenList tokens =
        new TokenList(TokenList.MOST_TOKENS, (_, written) -> bytesOf(written, rules));
    ids.forEach((token, id) -> tokens.set(id, token));
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
