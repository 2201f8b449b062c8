package dev.wrought.core.tokenizer;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

  private final TokenList tokens;
  private final Merges merges;
  private final Rules rules;

  /**
   * @param tokens not to be changed any more
   * @param merges of these tokens
   * @throws WroughtException CORRUPT_FILE if there is no such unknown token
   */
  BpeModel(TokenList tokens, Merges merges, Rules rules) {
    this.tokens = tokens;
    this.merges = merges;
    this.rules = rules;
    rules.unknown().ifPresent(this::checkExists);
  }

  @Override
  public String name() {
    return "bpe";
  }

  @Override
  public TokenList tokens() {
    return tokens;
  }

  /** One that is not written in the byte alphabet stands for itself. */
  @Override
  public byte[] bytes(int id) {
    String written = tokens.written(id);
    Optional<byte[]> bytes = Optional.empty();
    if (rules.byteLevel()) {
      bytes = ByteAlphabet.read(written);
    } else if (rules.byteFallback()) {
      bytes = ByteFallback.read(written);
    }
    return bytes.orElseGet(() -> tokens.utf8(id));
  }

  @Override
  public int merges() {
    return merges.list().size();
  }

  @Override
  public Supplier<WordModel> wordModels() {
    InitialTokens initial =
        rules.byteLevel() ? InitialTokens.OfBytes.of(tokens) : characterTokens();
    WholeWords whole =
        rules.wholeWords() ? new WholeWords(tokens, rules.byteLevel()) : new WholeWords();
    if (merges instanceof ReachedMerges reached && initial.areAllBytes()) {
      return () -> new FirstWords(tokens, reached, initial, whole);
    }
    MergeTable table = merges.table();
    return () -> new WordMerger(table, initial, whole);
  }

  Rules rules() {
    return rules;
  }

  /** The left token of a merge, by rank, as the file has it. */
  String leftOf(int merge) {
    return tokens.written(merges.list().left(merge));
  }

  String rightOf(int merge) {
    return tokens.written(merges.list().right(merge));
  }

  /** The token that a merge makes. */
  int resultOf(int merge) {
    return merges.list().result(merge);
  }

  /** Whether another has the same merges, and makes the same tokens in the same order. */
  boolean mergesAs(BpeModel other) {
    return pairs().equals(other.pairs()) && results().equals(other.results());
  }

  private Set<Long> pairs() {
    Set<Long> pairs = new HashSet<>();
    for (int merge = 0; merge < merges.list().size(); merge++) {
      pairs.add((long) merges.list().left(merge) << 32 | merges.list().right(merge));
    }
    return pairs;
  }

  /** What the merges make, by rank; the same once where it is made in several ways at once. */
  private List<Integer> results() {
    List<Integer> byRank =
        IntStream.range(0, merges.list().size())
            .boxed()
            .sorted(Comparator.comparingInt(merges.list()::rank))
            .map(merges.list()::result)
            .toList();
    return IntStream.range(0, byRank.size())
        .filter(i -> i == 0 || !byRank.get(i).equals(byRank.get(i - 1)))
        .mapToObj(byRank::get)
        .toList();
  }

  /** When it merges: the lowest first. */
  int rankOf(int merge) {
    return merges.list().rank(merge);
  }

  private InitialTokens characterTokens() {
    return new InitialTokens.OfCharacters(
        tokens,
        rules.byteFallback() ? ByteFallback.ids(tokens) : Optional.empty(),
        rules.unknown().map(tokens::find),
        rules.fuseUnknown());
  }

  private void checkExists(String unknown) {
    if (tokens.find(unknown) == TokenList.NONE) {
      throw new WroughtException(
          ErrorCode.CORRUPT_FILE,
          "the token for unknown characters, '" + unknown + "', does not exist");
    }
  }
}
