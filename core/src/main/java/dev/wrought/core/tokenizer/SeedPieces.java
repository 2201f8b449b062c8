package dev.wrought.core.tokenizer;

import dev.wrought.core.text.Utf8;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * What a unigram vocabulary is cut down from: the characters of a corpus and the frequent
 * substrings of its words.
 *
 * <p>Substrings are found length by length. One of n characters is counted only where both its
 * first and its last n - 1 are frequent, since it cannot be more frequent than they are: so memory
 * stays in proportion to what is frequent (Agrawal and Srikant 1994).
 */
final class SeedPieces {
  /** Longer ones are hardly ever worth a token; SentencePiece has the same bound. */
  private static final int LONGEST = 16;

  private static final int FEWEST_OCCURRENCES = 2;

  /** The most valuable first; of equals the one whose bytes come first. */
  private static final Comparator<Seed> BY_VALUE =
      Comparator.comparingLong(Seed::value).reversed().thenComparing(Seed::piece, Arrays::compare);

  /**
   * A piece.
   *
   * @param characters its length
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared as a whole.
  record Seed(byte[] piece, long count, int characters) {
    private long value() {
      return count * characters;
    }
  }

  /** Substrings of one length, and how often each occurs. */
  private static final class Level {
    private final WordIndex index = new WordIndex();
    private long[] counts = new long[1024];

    void count(byte[] word, int from, int to, long times) {
      int number = index.add(word, from, to);
      if (number >= counts.length) {
        counts = Arrays.copyOf(counts, 2 * counts.length);
      }
      counts[number] += times;
    }

    boolean isFrequent(byte[] word, int from, int to) {
      int number = index.find(word, from, to);
      return number >= 0 && counts[number] >= FEWEST_OCCURRENCES;
    }

    List<Seed> seeds(int characters) {
      List<Seed> seeds = new ArrayList<>(index.size());
      for (int number = 0; number < index.size(); number++) {
        if (counts[number] >= FEWEST_OCCURRENCES || characters == 1) {
          seeds.add(new Seed(index.word(number), counts[number], characters));
        }
      }
      return seeds;
    }
  }

  private SeedPieces() {}

  /**
   * Finds them.
   *
   * @param mostSubstrings of more than one character, those with the highest product of occurrences
   *     and length
   * @param coverage share of all characters that the kept ones have to make up, 0 to 1
   * @return the characters, the most frequent first, and then the others
   */
  static List<Seed> find(WordCounts words, int mostSubstrings, double coverage) {
    Level shorter = level(words, 1, new Level());
    List<Seed> seeds = new ArrayList<>(covering(shorter.seeds(1), coverage));
    PriorityQueue<Seed> best = new PriorityQueue<>(BY_VALUE.reversed());
    for (int length = 2; length <= LONGEST && shorter.index.size() > 0; length++) {
      Level level = level(words, length, shorter);
      for (Seed seed : level.seeds(length)) {
        best.add(seed);
        if (best.size() > mostSubstrings) {
          best.remove();
        }
      }
      shorter = level;
    }
    best.stream().sorted(BY_VALUE).forEach(seeds::add);
    return seeds;
  }

  /** Counts the substrings of so many characters. @param shorter those of one character less */
  private static Level level(WordCounts words, int characters, Level shorter) {
    Level level = new Level();
    for (int number = 0; number < words.distinctWords(); number++) {
      byte[] word = words.word(number);
      int[] starts = characterStarts(word);
      for (int first = 0; first + characters < starts.length; first++) {
        int from = starts[first];
        int to = starts[first + characters];
        boolean counts =
            characters == 1
                ? Utf8.lengthAt(word, from, to) > 0
                : shorter.isFrequent(word, from, starts[first + characters - 1])
                    && shorter.isFrequent(word, starts[first + 1], to);
        if (counts) {
          level.count(word, from, to, words.count(number));
        }
      }
    }
    return level;
  }

  /** Where each character of a word begins, and where the word ends. */
  private static int[] characterStarts(byte[] word) {
    int[] starts = new int[word.length + 1];
    int count = 0;
    for (int at = 0; at < word.length; at += Math.max(1, Utf8.lengthAt(word, at, word.length))) {
      starts[count++] = at;
    }
    starts[count++] = word.length;
    return Arrays.copyOf(starts, count);
  }

  /** The most frequent characters that together make up so much of all. */
  private static List<Seed> covering(List<Seed> characters, double coverage) {
    List<Seed> sorted = characters.stream().sorted(BY_VALUE).toList();
    double total = sorted.stream().mapToDouble(Seed::count).sum();
    double covered = 0;
    int kept = 0;
    while (kept < sorted.size() && covered < coverage * total) {
      covered += sorted.get(kept++).count();
    }
    return sorted.subList(0, kept);
  }
}
