package dev.wrought.core.tokenizer;

import dev.wrought.core.tokenizer.SeedPieces.Seed;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Pieces and their log-probabilities, on the way from many seeds to a unigram vocabulary. The
 * characters come first. Immutable.
 */
final class ScoredPieces {
  private static final double LEAST_EXPECTED = 0.5;

  private final List<Seed> pieces;
  private final double[] scores;
  private final int characters;
  private final PieceTrie trie;

  private ScoredPieces(List<Seed> pieces, double[] scores, int characters) {
    this.pieces = pieces;
    this.scores = scores;
    this.characters = characters;
    Map<String, Integer> ids = HashMap.newHashMap(pieces.size());
    for (int piece = 0; piece < pieces.size(); piece++) {
      ids.put(text(piece), piece);
    }
    this.trie = PieceTrie.of(ids);
  }

  /** Seeds, as likely as they are frequent. */
  static ScoredPieces of(List<Seed> seeds) {
    double total = seeds.stream().mapToDouble(Seed::count).sum();
    return new ScoredPieces(
        seeds,
        seeds.stream().mapToDouble(seed -> Math.log(seed.count() / total)).toArray(),
        (int) seeds.stream().takeWhile(seed -> seed.characters() == 1).count());
  }

  int size() {
    return scores.length;
  }

  /** How many of them are single characters: the first. */
  int characters() {
    return characters;
  }

  byte[] bytes(int piece) {
    return pieces.get(piece).piece();
  }

  double score(int piece) {
    return scores[piece];
  }

  /** What counts how often each is to be expected. */
  ExpectedCounts expectedCounts() {
    return new ExpectedCounts(trie, scores, unknownScore());
  }

  /** What finds the best way to write a word with them; an unknown character is one more piece. */
  BestPath bestPath() {
    UnigramModel.Rules rules = new UnigramModel.Rules(size(), false, false);
    return new BestPath(trie, scores, unknownScore(), Optional.empty(), rules);
  }

  /** These as likely as they are expected; those that hardly are any more are dropped. */
  ScoredPieces estimatedBy(ExpectedCounts expected) {
    int[] kept =
        IntStream.range(0, size())
            .filter(piece -> piece < characters || expected.count(piece) >= LEAST_EXPECTED)
            .toArray();
    double[] counted =
        Arrays.stream(kept)
            .mapToDouble(piece -> Math.max(expected.count(piece), LEAST_EXPECTED))
            .toArray();
    double logTotal = digamma(Arrays.stream(counted).sum());
    return kept(kept, Arrays.stream(counted).map(count -> digamma(count) - logTotal).toArray());
  }

  /** These pieces only. @param kept ascending, all characters among them */
  ScoredPieces only(int[] kept) {
    return kept(kept, Arrays.stream(kept).mapToDouble(this::score).toArray());
  }

  private ScoredPieces kept(int[] kept, double[] newScores) {
    return new ScoredPieces(
        Arrays.stream(kept).mapToObj(pieces::get).toList(), newScores, characters);
  }

  /** The characters and the likeliest others, so many in all; the likeliest first. */
  List<UnigramModel.Piece> likeliest(int most) {
    return IntStream.range(0, size())
        .boxed()
        .sorted(
            Comparator.comparing((Integer piece) -> piece >= characters)
                .thenComparingDouble(piece -> -scores[piece]))
        .limit(most)
        .sorted(Comparator.comparingDouble(piece -> -scores[piece]))
        .map(piece -> new UnigramModel.Piece(text(piece), scores[piece], true))
        .toList();
  }

  private String text(int piece) {
    return new String(bytes(piece), StandardCharsets.UTF_8);
  }

  private double unknownScore() {
    return Arrays.stream(scores).min().orElse(0) - UnigramModel.UNKNOWN_PENALTY;
  }

  /**
   * The derivative of the logarithm of the gamma function, by its asymptotic series above 7. Taken
   * instead of the logarithm it makes rare pieces rarer still, as a sparse prior would.
   *
   * <p>Source: Bernardo 1976, algorithm AS 103.
   */
  static double digamma(double value) {
    double x = value;
    double result = 0;
    for (; x < 7; x++) {
      result -= 1 / x;
    }
    x -= 0.5;
    double square = 1 / (x * x);
    return result
        + Math.log(x)
        + square * (1 / 24.0 - square * (7 / 960.0 - square * (31 / 8064.0)));
  }
}
