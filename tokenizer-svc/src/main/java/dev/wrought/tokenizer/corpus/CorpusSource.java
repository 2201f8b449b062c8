package dev.wrought.tokenizer.corpus;

import java.io.IOException;

/**
 * A place that yields documents. Reading twice yields the same documents in the same order, as long
 * as the place does not change.
 */
public interface CorpusSource extends AutoCloseable {
  /** About how many bytes {@link #read} will yield, for showing progress; 0 if not known. */
  long totalBytes();

  /**
   * Hands every document to the visitor, in the order of their paths or of the file that they are
   * in.
   *
   * @throws IOException if the place cannot be read
   * @throws dev.wrought.core.error.WroughtException INVALID_DATA for content that is broken, with
   *     file and line
   */
  void read(DocumentVisitor visitor) throws IOException;

  @Override
  default void close() throws IOException {}
}
