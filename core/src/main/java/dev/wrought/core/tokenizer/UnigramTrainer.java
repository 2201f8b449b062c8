package dev.wrought.core.tokenizer;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.text.Normalizer;
import dev.wrought.core.text.Split;
import dev.wrought.core.text.Splitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Learns a unigram vocabulary: from many more pieces than are wanted, again and again the
 * probabilities of all are estimated by expectation maximization and a quarter of the pieces is
 * taken away, those whose loss costs the least.
 *
 * <p>The result depends on the counts only, not on the number of threads.
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

  /** Told as pieces are pruned; may throw to stop the work. */
  @FunctionalInterface
  public interface Progress {
    /** So many pieces are left, of those there were and to those wanted. */
    void pruned(int left, int seeds, int wanted);
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
    UnigramCorpus corpus = new UnigramCorpus(counted);
    int mostSeeds = Math.min(MOST_SEEDS, SEEDS_PER_PIECE * wanted);
    ScoredPieces pieces = ScoredPieces.of(SeedPieces.find(counted, mostSeeds, CHARACTER_COVERAGE));
    int seeds = pieces.size();
    int enough = Math.max(pieces.characters(), (int) (LAST_SURPLUS * wanted));
    progress.pruned(seeds, seeds, wanted);
    while (true) {
      for (int i = 0; i < ESTIMATIONS; i++) {
        pieces = pieces.estimatedBy(corpus.expectedCounts(pieces));
      }
      progress.pruned(pieces.size(), seeds, wanted);
      if (pieces.size() <= enough) {
        return pieces.likeliest(wanted);
      }
      int kept = Math.max(enough, (int) (KEPT_SHARE * pieces.size()));
      pieces = pieces.only(new PieceLosses(pieces, corpus.uses(pieces)).mostNeeded(kept));
    }
  }
}
