package dev.wrought.core.tokenizer;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.text.Normalizer;
import dev.wrought.core.text.Split;
import dev.wrought.core.text.Splitter;
import dev.wrought.core.tokenizer.SeedPieces.Seed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Learns a unigram vocabulary: from many more pieces than are wanted, again and again the
 * probabilities of all are estimated by expectation maximization and a quarter of the pieces is
 * taken away, those whose loss costs the least.
 *
 * <p>The result depends on the counts only, not on the number of threads: words are divided into as
 * many parts as there are in {@link #PARTS}, and their sums are added up in order.
 *
 * <p>Source: Kudo 2018, "Subword Regularization: Improving Neural Network Translation Models with
 * Multiple Subword Candidates", section 3.2; the figures are SentencePiece's.
 */
public final class UnigramTrainer {
  /** Words never cross these; spaces are marked, and a mark begins a word. */
  private static final Split WORDS =
      Split.isolated("▁*[\\p{L}\\p{M}]+|▁*\\p{N}|▁*[^▁\\s\\p{L}\\p{M}\\p{N}]+|▁+|\\s+");

  private static final SentencePieceText TEXT =
      new SentencePieceText(Optional.empty(), false, true, false);
  private static final String UNKNOWN = "<unk>";
  private static final int SEEDS_PER_PIECE = 12;
  private static final int MOST_SEEDS = 1_000_000;
  private static final double CHARACTER_COVERAGE = 0.9995;
  private static final int ESTIMATIONS = 2;
  private static final double KEPT_SHARE = 0.75;

  /** Pruning ends a little above the wish, and the least likely of the rest are left out. */
  private static final double LAST_SURPLUS = 1.1;

  private static final double LEAST_EXPECTED = 0.5;
  private static final double UNKNOWN_PENALTY = 10;
  private static final int PARTS = 64;

  /** Told as pieces are pruned; may throw to stop the work. */
  @FunctionalInterface
  public interface Progress {
    /** So many pieces are left, of those there were and to those wanted. */
    void pruned(int left, int seeds, int wanted);
  }

  private final byte[][] words;
  private final long[] counts;
  private final Progress progress;
  private final int wanted;

  /** Pieces that are still there, and their log-probabilities. The characters come first. */
  private List<Seed> pieces;

  private double[] scores;
  private final int characters;

  private UnigramTrainer(WordCounts counted, int wanted, Progress progress) {
    this.wanted = wanted;
    this.progress = progress;
    this.words = new byte[counted.distinctWords()][];
    this.counts = new long[words.length];
    for (int word = 0; word < words.length; word++) {
      words[word] = counted.word(word);
      counts[word] = counted.count(word);
    }
    this.pieces =
        SeedPieces.find(
            counted, Math.min(MOST_SEEDS, SEEDS_PER_PIECE * wanted), CHARACTER_COVERAGE);
    this.characters = (int) pieces.stream().takeWhile(piece -> piece.characters() == 1).count();
    double total = pieces.stream().mapToDouble(Seed::count).sum();
    this.scores = pieces.stream().mapToDouble(seed -> Math.log(seed.count() / total)).toArray();
  }

  /** What cuts normalized text into the words that are to be counted. */
  static Splitter splitter() {
    return WORDS.splitter();
  }

  /** What is done to text before its words are counted, and later encoded: spaces are marked. */
  static Normalizer normalizer() {
    return TEXT.normalizer();
  }

  /**
   * Trains a tokenizer: the unknown piece, the bytes that unknown characters become, the pieces
   * learnt, the likeliest first, then the special tokens.
   *
   * @param counted words counted for {@link ModelKind#UNIGRAM}
   * @throws WroughtException INVALID_DATA for an empty corpus; INVALID_ARGUMENT for a vocabulary
   *     that is too small
   */
  public static Tokenizer train(WordCounts counted, VocabularySpec vocabulary, Progress progress) {
    ModelKind.UNIGRAM.check(vocabulary);
    if (counted.distinctWords() == 0) {
      throw new WroughtException(
          ErrorCode.INVALID_DATA, "the corpus is empty: a tokenizer is learnt from text");
    }
    List<UnigramModel.Piece> pieces = new ArrayList<>();
    pieces.add(new UnigramModel.Piece(UNKNOWN, 0, false));
    for (int value = 0; value < ByteAlphabet.SIZE; value++) {
      pieces.add(new UnigramModel.Piece(ByteFallback.write(value), 0, false));
    }
    pieces.addAll(
        learn(counted, vocabulary.mergesWanted() - ModelKind.UNIGRAM.ownTokens(), progress));
    List<AddedToken> added = new ArrayList<>();
    added.add(AddedToken.special(0, UNKNOWN));
    for (String special : vocabulary.specialTokens(pieces.size() - ByteAlphabet.SIZE)) {
      added.add(AddedToken.special(pieces.size() + added.size() - 1, special));
    }
    return new Tokenizer(
        new TokenizerParts(
            TEXT.normalizer(),
            List.of(new PreTokenizer.Cut(WORDS)),
            new UnigramModel(pieces, new UnigramModel.Rules(0, true, false)),
            added,
            Template.NONE,
            TEXT.decoding(),
            TokenizerParts.roles(added)));
  }

  /**
   * Learns the pieces.
   *
   * @param counted words of {@link #normalizer normalized} text by the {@link #splitter}
   * @param wanted how many pieces, characters included; there may be fewer
   * @return pieces and their log-probabilities, the likeliest first
   */
  static List<UnigramModel.Piece> learn(WordCounts counted, int wanted, Progress progress) {
    UnigramTrainer trainer = new UnigramTrainer(counted, wanted, progress);
    trainer.prune();
    return trainer.result();
  }

  private void prune() {
    int seeds = pieces.size();
    int enough = Math.max(characters, (int) (LAST_SURPLUS * wanted));
    progress.pruned(seeds, seeds, wanted);
    while (true) {
      for (int i = 0; i < ESTIMATIONS; i++) {
        estimate();
      }
      progress.pruned(pieces.size(), seeds, wanted);
      if (pieces.size() <= enough) {
        return;
      }
      keep(mostNeeded(Math.max(enough, (int) (KEPT_SHARE * pieces.size()))));
    }
  }

  /**
   * One round of expectation maximization; pieces that are hardly expected any more are dropped.
   */
  private void estimate() {
    PieceTrie trie = trie();
    double unknown = unknownScore();
    ExpectedCounts expected =
        IntStream.range(0, PARTS)
            .parallel()
            .mapToObj(part -> expectedCounts(part, new ExpectedCounts(trie, scores, unknown)))
            .toList()
            .stream()
            .reduce(new ExpectedCounts(trie, scores, unknown), ExpectedCounts::plus);
    int[] kept =
        IntStream.range(0, scores.length)
            .filter(piece -> piece < characters || expected.count(piece) >= LEAST_EXPECTED)
            .toArray();
    double[] counted =
        Arrays.stream(kept)
            .mapToDouble(piece -> Math.max(expected.count(piece), LEAST_EXPECTED))
            .toArray();
    double logTotal = digamma(Arrays.stream(counted).sum());
    keep(kept);
    scores = Arrays.stream(counted).map(count -> digamma(count) - logTotal).toArray();
  }

  private ExpectedCounts expectedCounts(int part, ExpectedCounts counter) {
    for (int word = part; word < words.length; word += PARTS) {
      counter.add(words[word], counts[word]);
    }
    return counter;
  }

  /**
   * The pieces without which the corpus would be the least likely: of each, how often it is used is
   * weighed with how much less likely the best other way to write it is.
   */
  private int[] mostNeeded(int most) {
    PieceTrie trie = trie();
    long[] used = used(trie);
    double total = Arrays.stream(used).sum();
    BestPath path = path(trie);
    double[] losses = new double[scores.length];
    for (int piece = characters; piece < losses.length; piece++) {
      losses[piece] = loss(piece, path, used, total);
    }
    int[] byLoss =
        IntStream.range(characters, losses.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer piece) -> -losses[piece]))
            .limit(Math.max(0, most - characters))
            .filter(piece -> losses[piece] > Double.NEGATIVE_INFINITY)
            .mapToInt(Integer::intValue)
            .toArray();
    return IntStream.concat(IntStream.range(0, characters), Arrays.stream(byLoss).sorted())
        .toArray();
  }

  private double loss(int piece, BestPath path, long[] used, double total) {
    byte[] text = pieces.get(piece).piece();
    if (used[piece] == 0) {
      return Double.NEGATIVE_INFINITY;
    }
    int count = path.encodeWithout(piece, text, 0, text.length);
    double logTotal = Math.log(total + used[piece] * (count - 1.0));
    double otherwise = 0;
    for (int i = 0; i < count; i++) {
      int other = path.ids()[i];
      long uses = other < used.length ? used[other] : 0;
      otherwise += Math.log(uses + used[piece]) - logTotal;
    }
    return used[piece] / total * (Math.log(used[piece] / total) - otherwise);
  }

  /** How often each piece is in the best ways to write the words. */
  private long[] used(PieceTrie trie) {
    return IntStream.range(0, PARTS)
        .parallel()
        .mapToObj(part -> {
          long[] used = new long[scores.length];
          BestPath path = path(trie);
          for (int word = part; word < words.length; word += PARTS) {
            int count = path.encode(words[word], 0, words[word].length);
            for (int i = 0; i < count; i++) {
              if (path.ids()[i] < used.length) {
                used[path.ids()[i]] += counts[word];
              }
            }
          }
          return used;
        })
        .reduce(new long[scores.length], UnigramTrainer::sum);
  }

  private static long[] sum(long[] a, long[] b) {
    return IntStream.range(0, a.length).mapToLong(i -> a[i] + b[i]).toArray();
  }

  private BestPath path(PieceTrie trie) {
    UnigramModel.Rules rules = new UnigramModel.Rules(scores.length, false, false);
    return new BestPath(trie, scores, unknownScore(), Optional.empty(), rules);
  }

  private void keep(int[] kept) {
    double[] old = scores;
    List<Seed> before = pieces;
    pieces = Arrays.stream(kept).mapToObj(before::get).toList();
    scores = Arrays.stream(kept).mapToDouble(piece -> old[piece]).toArray();
  }

  private PieceTrie trie() {
    Map<String, Integer> ids = HashMap.newHashMap(pieces.size());
    for (int piece = 0; piece < pieces.size(); piece++) {
      ids.put(new String(pieces.get(piece).piece(), StandardCharsets.UTF_8), piece);
    }
    return PieceTrie.of(ids);
  }

  private double unknownScore() {
    return Arrays.stream(scores).min().orElse(0) - UNKNOWN_PENALTY;
  }

  private List<UnigramModel.Piece> result() {
    return IntStream.range(0, scores.length)
        .boxed()
        .sorted(
            Comparator.comparing((Integer piece) -> piece >= characters)
                .thenComparingDouble(piece -> -scores[piece]))
        .limit(wanted)
        .sorted(Comparator.comparingDouble(piece -> -scores[piece]))
        .map(piece ->
            new UnigramModel.Piece(
                new String(pieces.get(piece).piece(), StandardCharsets.UTF_8), scores[piece], true))
        .toList();
  }

  /**
   * The derivative of the logarithm of the gamma function, by its asymptotic series above 7. Taken
   * instead of the logarithm it makes rare pieces rarer still, as a sparse prior would.
   *
   * <p>Source: Bernardo 1976, algorithm AS 103.
   */
  private static double digamma(double value) {
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
