package dev.wrought.tokenizer.corpus;

import java.io.IOException;

/** Takes the documents of a source, in order. Its methods may throw to stop the reading. */
public interface DocumentVisitor {
  /**
   * Takes a document, or passes it over without reading it.
   *
   * @param path its name within the source, for messages
   * @param bytes its size before filters, or more than that if only reading tells exactly: then no
   *     more than {@link Corpus#LONGEST_DOCUMENT}, above which it is left out unread; -1 if nothing
   *     is known
   */
  void document(String path, long bytes, Content content) throws IOException;

  /**
   * Learns that a document was left out. @param reason of {@link DropReason}, or the source's own
   */
  void dropped(String path, String reason) throws IOException;
}
