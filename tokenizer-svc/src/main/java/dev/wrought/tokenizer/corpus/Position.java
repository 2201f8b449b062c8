package dev.wrought.tokenizer.corpus;

/**
 * A place between two documents of a corpus.
 *
 * @param documents before it, also those that were left out
 * @param bytesRead of these documents
 * @param fingerprint of the content of those that were counted: two corpora with the same one at
 *     the same place are the same so far
 */
public record Position(long documents, long bytesRead, long fingerprint) {
  /** Before the first document. */
  public static final Position START = new Position(0, 0, 0);

  /** Behind one document more. */
  public Position after(long bytes) {
    return new Position(documents + 1, bytesRead + bytes, fingerprint);
  }

  /** Here, and the last document was one that is counted. */
  public Position counting(ContentHash content) {
    return new Position(documents, bytesRead, 31 * fingerprint + content.low());
  }
}
