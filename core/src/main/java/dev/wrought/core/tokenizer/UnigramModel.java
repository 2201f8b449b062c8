package dev.wrought.core.tokenizer;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A unigram language model: every piece has a log-probability, and a word becomes the pieces whose
 * sum is the highest.
 *
 * <p>Source: Kudo 2018, "Subword Regularization", section 3.2.
 */
final class UnigramModel implements Model {
  /** An unknown character costs this much more than the least likely piece. */
  static final double UNKNOWN_PENALTY = 10;

  /**
   * A piece as written in the file.
   *
   * @param score its log-probability
   * @param matched whether it is looked for in text; control and byte pieces are not
   */
  record Piece(String text, double score, boolean matched) {}

  /**
   * How words become tokens, beside the scores.
   *
   * @param unknownId of the piece for unknown characters, several of which are one token
   * @param byteFallback unknown characters become the pieces of their bytes, such as {@code <0xE2>}
   * @param singlePrecision scores are summed up as 32-bit numbers, as SentencePiece itself does;
   *     Hugging Face's library has 64 bits
   */
  record Rules(int unknownId, boolean byteFallback, boolean singlePrecision) {}

  private final List<Piece> pieces;
  private final Rules rules;
  private final TokenList tokens;
  private final PieceTrie trie;

  /**
   * @param pieces by id
   * @throws WroughtException CORRUPT_FILE for a score that is no number, a piece twice, or an
   *     unknown piece that does not exist
   */
  UnigramModel(List<Piece> pieces, Rules rules) {
    this.pieces = List.copyOf(pieces);
    this.rules = rules;
    this.tokens = new TokenList(pieces.size());
    if (rules.unknownId() < 0 || rules.unknownId() >= pieces.size()) {
      throw damaged(
          "the piece for unknown characters is %d; ids are 0 to %d"
              .formatted(rules.unknownId(), pieces.size() - 1));
    }
    Map<String, Integer> matched = new HashMap<>();
    for (int id = 0; id < pieces.size(); id++) {
      Piece piece = pieces.get(id);
      if (!Double.isFinite(piece.score())) {
        throw damaged(
            "piece %d, '%s', has the score %s, which is no number"
                .formatted(id, piece.text(), piece.score()));
      }
      tokens.add(id, piece.text());
      if (piece.matched() && matched.put(piece.text(), id) != null) {
        throw damaged("the piece '" + piece.text() + "' is there twice");
      }
    }
    this.trie = PieceTrie.of(matched);
  }

  @Override
  public String name() {
    return "unigram";
  }

  @Override
  public TokenList tokens() {
    return tokens;
  }

  @Override
  public byte[] bytes(int id) {
    Optional<byte[]> single =
        rules.byteFallback() ? ByteFallback.read(tokens.written(id)) : Optional.empty();
    return single.orElseGet(() -> tokens.utf8(id));
  }

  @Override
  public int merges() {
    return 0;
  }

  @Override
  public Supplier<WordModel> wordModels() {
    double[] scores = pieces.stream().mapToDouble(Piece::score).toArray();
    double unknownScore = unknownScore();
    Optional<int[]> bytes = byteIds();
    return () -> new BestPath(trie, scores, unknownScore, bytes, rules);
  }

  Rules rules() {
    return rules;
  }

  List<Piece> pieces() {
    return pieces;
  }

  double score(int id) {
    return pieces.get(id).score();
  }

  /** The score of an unknown character. */
  double unknownScore() {
    double least = pieces.stream().filter(Piece::matched).mapToDouble(Piece::score).min().orElse(0);
    double score = least - UNKNOWN_PENALTY;
    return rules.singlePrecision() ? (float) score : score;
  }

  private Optional<int[]> byteIds() {
    return rules.byteFallback() ? ByteFallback.ids(tokens) : Optional.empty();
  }

  private static WroughtException damaged(String why) {
    return new WroughtException(ErrorCode.CORRUPT_FILE, why);
  }
}
