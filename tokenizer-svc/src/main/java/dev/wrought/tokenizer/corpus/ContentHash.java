package dev.wrought.tokenizer.corpus;

import dev.wrought.core.artifact.Sha256;
import java.nio.ByteBuffer;

/** The first 128 bits of the SHA-256 of a document's bytes: equal ones are the same document. */
public record ContentHash(long high, long low) {
  public static ContentHash of(byte[] content) {
    ByteBuffer digest = ByteBuffer.wrap(Sha256.newDigest().digest(content));
    return new ContentHash(digest.getLong(), digest.getLong());
  }

  /** A number from 0 to 1, exclusive, evenly spread over documents. */
  public double fraction() {
    return fraction(high);
  }

  /** Another such number, which the first tells nothing of. */
  double otherFraction() {
    return fraction(low);
  }

  private static double fraction(long bits) {
    return (bits >>> 11) * 0x1p-53;
  }
}
