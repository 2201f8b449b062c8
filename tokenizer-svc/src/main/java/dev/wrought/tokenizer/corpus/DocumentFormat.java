package dev.wrought.tokenizer.corpus;

import java.io.IOException;
import java.io.InputStream;

/** How documents lie in a stream of bytes. */
@FunctionalInterface
interface DocumentFormat {
  /**
   * Hands every document of a stream to the visitor, in order.
   *
   * @param unpacked read to its end, not closed
   */
  void read(InputStream unpacked, DocumentVisitor visitor) throws IOException;
}
