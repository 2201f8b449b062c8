package dev.wrought.core.dataset;

/**
 * How much a split holds.
 *
 * @param tokens with the end of text of every document
 * @param bytes of the documents after the filters, exactly: what bits per byte are counted on
 * @param words runs of other than white space
 */
public record SplitCounts(long documents, long tokens, long bytes, long words) {
  public SplitCounts {
    if (documents < 0 || tokens < documents || bytes < 0 || words < 0) {
      throw new IllegalArgumentException(
          "documents %d, tokens %d, bytes %d, words %d cannot be"
              .formatted(documents, tokens, bytes, words));
    }
  }

  /** Words for every 100 tokens of text: English prose has about 75 with a large vocabulary. */
  public double wordsPer100Tokens() {
    return perTextToken(100.0 * words);
  }

  /** Bytes for every token of text. */
  public double bytesPerToken() {
    return perTextToken(bytes);
  }

  /** Ends of text stand for none. */
  private double perTextToken(double amount) {
    long textTokens = tokens - documents;
    return textTokens == 0 ? 0 : amount / textTokens;
  }

  /** Both together. */
  public SplitCounts plus(SplitCounts other) {
    return new SplitCounts(
        documents + other.documents,
        tokens + other.tokens,
        bytes + other.bytes,
        words + other.words);
  }

  /** So many times this much. */
  public SplitCounts times(long factor) {
    return new SplitCounts(documents * factor, tokens * factor, bytes * factor, words * factor);
  }

  /** Without a part of it. */
  public SplitCounts minus(SplitCounts part) {
    return new SplitCounts(
        documents - part.documents, tokens - part.tokens, bytes - part.bytes, words - part.words);
  }
}
