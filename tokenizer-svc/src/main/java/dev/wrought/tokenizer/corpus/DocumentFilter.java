package dev.wrought.tokenizer.corpus;

import java.util.Optional;

/** Changes a document or leaves it out. Thread-safe, and the same for the same content. */
public interface DocumentFilter {
  /**
   * Looks at one document.
   *
   * @param path its name within its source
   * @param content its bytes, not to be changed
   * @return its bytes from now on, perhaps the same; empty: left out, counted under this filter's
   *     name
   */
  Optional<byte[]> apply(String path, byte[] content);
}
