package dev.wrought.tokenizer.corpus;

import java.io.IOException;

/**
 * The bytes of a document that may not have been read yet. Read at most once, perhaps on another
 * thread, but before its source's {@link CorpusSource#read} returns.
 */
@FunctionalInterface
public interface Content {
  byte[] read() throws IOException;
}
