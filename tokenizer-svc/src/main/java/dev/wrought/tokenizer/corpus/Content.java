package dev.wrought.tokenizer.corpus;

import java.io.IOException;

/**
 * The bytes of a document that may not have been read, unpacked or parsed yet. Read at most once,
 * perhaps on another thread, but before its source is closed.
 */
@FunctionalInterface
public interface Content {
  /**
   * @throws DroppedException if the document is to be left out after all
   */
  byte[] read() throws IOException;
}
