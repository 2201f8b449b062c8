package dev.wrought.tokenizer.corpus;

/** Changes a document or leaves it out. Thread-safe, and the same for the same content. */
@FunctionalInterface
public interface DocumentFilter {
  /**
   * Looks at one document.
   *
   * @param path its name within its source
   * @param content its bytes, not to be changed
   */
  Filtered apply(String path, byte[] content);
}
