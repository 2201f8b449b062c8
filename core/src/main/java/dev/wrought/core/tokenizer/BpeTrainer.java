package dev.wrought.core.tokenizer;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.text.Split;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Learns the merges of a byte-level BPE vocabulary: again and again the most frequent pair of
 * neighbours becomes a token; of equally frequent ones the pair with the lowest ids (Sennrich et
 * al. 2016; the order is Hugging Face's, and so are the merges). A pair that occurs once only is
 * never merged, so a small corpus yields a smaller vocabulary than was asked for.
 *
 * <p>To count all pairs anew for each merge would be the definition, and take days. Two facts make
 * it seconds. First, a merge changes no counts but those of the pairs around it, and only in the
 * words that it is in: {@link Neighbours}. Second, a pair's count never rises: {@code x y} comes
 * into being when the later of its two tokens does, in all places at once, and from then on it can
 * only lose some. So a rare pair need not be followed until no frequent one is left, and the work
 * goes in rounds. All pairs are counted; those that have a good share of the highest count are
 * {@link FrequentPairs}, and they and what comes of them are merged until all have sunk below it.
 *
 * <p>For the second fact no token may be made twice, and none is. Tokens only grow, so what two
 * neighbours consist of has never been merged with anything around it: it has gone through the same
 * merges as the same letters elsewhere, and if these were one token, it would be one, too.
 *
 * <p>It can be {@link #write written} between two merges and {@link #read}: what is learnt then is
 * the same. For one thread.
 */
public final class BpeTrainer {
  private static final int FEWEST_OCCURRENCES = 2;

  /**
   * A round goes down to this part of the highest count: four of them yield 32,000 merges of 2 GB.
   * A single round takes half as long again, and three times the memory beside that of the words.
   */
  private static final int ROUND_SHARE = 32;

  /** Told after each merge; may throw to stop the work. */
  @FunctionalInterface
  public interface Progress {
    /** So many merges are learnt of those wanted. */
    void merged(int merges, int wanted);
  }

  private final VocabularySpec vocabulary;
  private final TrainingWords words;
  private final Neighbours neighbours;

  /** The pairs that were merged, in order: the first made token 256. */
  private final long[] merges;

  private int size;

  private BpeTrainer(TrainingWords words, VocabularySpec vocabulary) {
    this.vocabulary = vocabulary;
    this.words = words;
    this.merges = new long[vocabulary.mergesWanted()];
    this.neighbours = new Neighbours(ByteAlphabet.SIZE + merges.length);
  }

  /** The least vocabulary: every byte and every token that is always reserved. */
  public static int minimumVocabulary() {
    return VocabularySpec.leastSize(0);
  }

  /**
   * Trains a tokenizer whose vocabulary has nothing special: see {@link #of} and {@link #learn}.
   */
  public static Tokenizer train(WordCounts counts, int vocabularySize, Progress progress) {
    return of(counts, VocabularySpec.of(vocabularySize)).learn(progress);
  }

  /**
   * A training from its beginning. The counts are not needed any more.
   *
   * @throws WroughtException INVALID_DATA for an empty corpus
   */
  public static BpeTrainer of(WordCounts counts, VocabularySpec vocabulary) {
    if (counts.distinctWords() == 0) {
      throw new WroughtException(
          ErrorCode.INVALID_DATA, "the corpus is empty: a tokenizer is learnt from text");
    }
    return new BpeTrainer(TrainingWords.of(counts), vocabulary);
  }

  /**
   * A training that goes on from where it was written.
   *
   * @param vocabulary the one that it was begun with
   * @throws IOException also if something else was written
   */
  public static BpeTrainer read(InputStream in, VocabularySpec vocabulary) throws IOException {
    int size = Leb128.readInt(in);
    long[] merges = new long[size];
    for (int merge = 0; merge < size; merge++) {
      merges[merge] = PairCounts.pair(Leb128.readInt(in), Leb128.readInt(in));
    }
    BpeTrainer read = new BpeTrainer(TrainingWords.read(in), vocabulary);
    System.arraycopy(merges, 0, read.merges, 0, size);
    read.size = size;
    return read;
  }

  /** Writes what is learnt so far, and what is still to learn from. */
  public void write(OutputStream out) throws IOException {
    Leb128.write(out, size);
    for (int merge = 0; merge < size; merge++) {
      Leb128.write(out, PairCounts.left(merges[merge]));
      Leb128.write(out, PairCounts.right(merges[merge]));
    }
    words.write(out);
  }

  /** How many merges are learnt so far. */
  public int merges() {
    return size;
  }

  /** Learns the merges that are missing. The result depends on the counts only. */
  public Tokenizer learn(Progress progress) {
    progress.merged(size, merges.length);
    while (size < merges.length) {
      words.compact();
      PairCounts all = words.countPairs();
      if (all.highest() < FEWEST_OCCURRENCES) {
        break;
      }
      learnRound(frequent(all), progress);
    }
    return tokenizer();
  }

  private FrequentPairs frequent(PairCounts all) {
    FrequentPairs pairs =
        new FrequentPairs(Math.max(FEWEST_OCCURRENCES, all.highest() / ROUND_SHARE));
    for (int entry = 0; entry < all.size(); entry++) {
      pairs.offer(all.pair(entry), all.count(entry));
    }
    words.locate(pairs);
    return pairs;
  }

  private void learnRound(FrequentPairs pairs, Progress progress) {
    while (size < merges.length && pairs.hasNext()) {
      long pair = pairs.next();
      words.merge(pair, ByteAlphabet.SIZE + size, pairs, neighbours);
      merges[size++] = pair;
      progress.merged(size, merges.length);
    }
  }

  private Tokenizer tokenizer() {
    TokenList tokens = new TokenList(ByteAlphabet.SIZE + size);
    for (byte[] single : ByteAlphabet.inOrder()) {
      tokens.add(tokens.size(), ByteAlphabet.write(single));
    }
    MergeList merged = new MergeList(size);
    for (int merge = 0; merge < size; merge++) {
      int left = PairCounts.left(merges[merge]);
      int right = PairCounts.right(merges[merge]);
      merged.add(merge, left, right, tokens.size());
      tokens.add(tokens.size(), tokens.written(left) + tokens.written(right));
    }
    List<AddedToken> added = new ArrayList<>();
    for (String special : vocabulary.specialTokens(size)) {
      added.add(AddedToken.special(tokens.size() + added.size(), special));
    }
    return new Tokenizer(
        TokenizerParts.byteLevel(
            Split.gpt2(), new BpeModel(tokens, merged, BpeModel.Rules.BYTES), added));
  }
}
