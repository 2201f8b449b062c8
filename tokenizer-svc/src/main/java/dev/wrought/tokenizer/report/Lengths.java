package dev.wrought.tokenizer.report;

import dev.wrought.core.dataset.TokenShards;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How long the documents of a split are, in tokens, ends of text included. A document that is
 * trained on several times counts as often.
 *
 * @param percentiles lengths that so many of a hundred documents do not exceed
 * @param histogram documents by length, in ranges of which each is twice as wide as the one before,
 *     from the shortest document's to the longest's
 */
public record Lengths(
    int shortest, double mean, int longest, List<Percentile> percentiles, List<Range> histogram) {
  private static final int[] PERCENTS = {5, 25, 50, 75, 95, 99};

  public Lengths {
    percentiles = List.copyOf(percentiles);
    histogram = List.copyOf(histogram);
  }

  /** So many of a hundred documents have at most so many tokens: exact, by nearest rank. */
  public record Percentile(int percent, int tokens) {}

  /** Documents of so many tokens, both bounds included. */
  public record Range(int from, int to, long documents) {}

  static Lengths of(TokenShards shards) {
    int[] documentsOf = new int[1 << 10];
    int longest = 0;
    for (int document = 0; document < shards.documents(); document++) {
      int length = shards.documentLength(document);
      if (length >= documentsOf.length) {
        documentsOf = Arrays.copyOf(documentsOf, Math.max(length + 1, 2 * documentsOf.length));
      }
      documentsOf[length]++;
      longest = Math.max(longest, length);
    }
    int[] counts = Arrays.copyOf(documentsOf, longest + 1);
    int shortest =
        IntStream.range(0, longest).filter(l -> counts[l] > 0).findFirst().orElse(longest);
    return new Lengths(
        shortest,
        (double) shards.tokens() / Math.max(1, shards.documents()),
        longest,
        percentiles(counts, shards.documents()),
        histogram(counts, shortest));
  }

  private static List<Percentile> percentiles(int[] counts, int documents) {
    List<Percentile> percentiles = new ArrayList<>();
    int length = 0;
    long upToLength = counts[0];
    for (int percent : PERCENTS) {
      while (100 * upToLength < (long) percent * documents) {
        upToLength += counts[++length];
      }
      percentiles.add(new Percentile(percent, length));
    }
    return percentiles;
  }

  private static List<Range> histogram(int[] counts, int shortest) {
    List<Range> histogram = new ArrayList<>();
    for (int from = Math.max(1, Integer.highestOneBit(shortest)); from < counts.length; from *= 2) {
      int to = 2 * from - 1;
      long documents = 0;
      for (int length = from; length <= to && length < counts.length; length++) {
        documents += counts[length];
      }
      histogram.add(new Range(from, to, documents));
    }
    return histogram;
  }
}
