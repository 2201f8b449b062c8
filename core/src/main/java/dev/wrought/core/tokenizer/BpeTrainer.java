package dev.wrought.core.tokenizer;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.text.Split;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Learns the merges of a byte-level BPE vocabulary: again and again the most frequent pair of
 * neighbours becomes a token; of equally frequent ones the pair with the lowest ids (Sennrich et
 * al. 2016; the order is Hugging Face's, and so are the merges). A pair that occurs once only is
 * never merged, so a small corpus yields a smaller vocabulary than was asked for.
 *
 * <p>The ids: the 256 bytes as in GPT-2, the merged tokens in the order they were learnt, then
 * {@link SpecialTokens#reserved()}.
 *
 * <p>A pair knows the words in which it occurs, and the queue may hold outdated counts that are
 * corrected when they surface: the work of a merge is that of its own words.
 */
public final class BpeTrainer {
  private static final int FEWEST_OCCURRENCES = 2;
  private static final int PROGRESS_EVERY = 64;

  /** Told as merges are learnt; may throw to stop the work. */
  @FunctionalInterface
  public interface Progress {
    /** So many merges are learnt of those wanted. */
    void merged(int merges, int wanted);
  }

  /** A pair with the count it had when it was queued; the greatest comes first. */
  private record Candidate(long count, long pair) implements Comparable<Candidate> {
    @Override
    public int compareTo(Candidate other) {
      int byCount = Long.compare(other.count, count);
      return byCount != 0 ? byCount : Long.compare(pair, other.pair);
    }
  }

  private final TrainingWords words;
  private final PairCounts pairs;
  private final PriorityQueue<Candidate> queue = new PriorityQueue<>();
  private final List<String> tokens = new ArrayList<>();
  private final Map<String, Integer> ids = new HashMap<>();
  private final List<BpeModel.Merge> merges = new ArrayList<>();
  private final int mergedTokensEnd;

  private BpeTrainer(WordCounts counts, int vocabularySize) {
    mergedTokensEnd = vocabularySize - SpecialTokens.reserved().size();
    for (byte[] single : ByteAlphabet.inOrder()) {
      addToken(ByteAlphabet.write(single));
    }
    words = new TrainingWords(counts);
    pairs = words.countPairs();
    pairs.forEach((pair, count) -> queue.add(new Candidate(count, pair)));
  }

  /** The least vocabulary: every byte and every reserved token. */
  public static int minimumVocabulary() {
    return ByteAlphabet.SIZE + SpecialTokens.reserved().size();
  }

  /**
   * Checks a wish for a vocabulary before any work is done for it.
   *
   * @throws WroughtException INVALID_ARGUMENT, with what is allowed
   */
  public static void checkVocabularySize(int vocabularySize) {
    if (vocabularySize < minimumVocabulary() || vocabularySize > TokenList.MOST_TOKENS) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT,
          "a vocabulary of %d is not possible: at least %d (256 bytes and %d special tokens), at most %d"
              .formatted(
                  vocabularySize,
                  minimumVocabulary(),
                  SpecialTokens.reserved().size(),
                  TokenList.MOST_TOKENS));
    }
  }

  /**
   * Trains a tokenizer. The result depends on the counts only.
   *
   * @param vocabularySize ids at most, special tokens included
   * @throws WroughtException INVALID_ARGUMENT for a vocabulary that is too small, INVALID_DATA for
   *     an empty corpus
   */
  public static Tokenizer train(WordCounts counts, int vocabularySize, Progress progress) {
    checkVocabularySize(vocabularySize);
    if (counts.distinctWords() == 0) {
      throw new WroughtException(
          ErrorCode.INVALID_DATA, "the corpus is empty: a tokenizer is learnt from text");
    }
    BpeTrainer trainer = new BpeTrainer(counts, vocabularySize);
    trainer.learn(progress);
    return trainer.tokenizer();
  }

  private void learn(Progress progress) {
    int wanted = mergedTokensEnd - ByteAlphabet.SIZE;
    while (tokens.size() < mergedTokensEnd && !queue.isEmpty()) {
      Candidate best = queue.poll();
      long count = pairs.count(best.pair);
      if (count < FEWEST_OCCURRENCES) {
        continue;
      }
      if (count != best.count) {
        queue.add(new Candidate(count, best.pair));
        continue;
      }
      merge(best.pair);
      if (merges.size() % PROGRESS_EVERY == 0) {
        progress.merged(tokens.size() - ByteAlphabet.SIZE, wanted);
      }
    }
    progress.merged(tokens.size() - ByteAlphabet.SIZE, wanted);
  }

  private void merge(long pair) {
    String left = tokens.get(PairCounts.left(pair));
    String right = tokens.get(PairCounts.right(pair));
    merges.add(new BpeModel.Merge(left, right));
    words.merge(pair, addToken(left + right), pairs);
    pairs.takeGrown().forEach(grown -> queue.add(new Candidate(pairs.count(grown), grown)));
  }

  /** Two merges may make the same token: "a" + "bc" and "ab" + "c". */
  private int addToken(String written) {
    Integer known = ids.putIfAbsent(written, tokens.size());
    if (known != null) {
      return known;
    }
    tokens.add(written);
    return tokens.size() - 1;
  }

  private Tokenizer tokenizer() {
    List<AddedToken> added = new ArrayList<>();
    for (String special : SpecialTokens.reserved()) {
      added.add(AddedToken.special(tokens.size() + added.size(), special));
    }
    TokenizerParts parts =
        TokenizerParts.byteLevel(
            Split.gpt2(), new BpeModel(ids, merges, BpeModel.Rules.BYTES), added);
    return new Tokenizer(parts);
  }
}
