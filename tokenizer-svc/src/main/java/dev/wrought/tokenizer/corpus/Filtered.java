package dev.wrought.tokenizer.corpus;

/** What the filters made of a document. */
public sealed interface Filtered {
  /** It stays, perhaps changed. */
  record Kept(Document document) implements Filtered {}

  /** It was left out. @param reason of {@link DropReason}, or a filter's name */
  record Dropped(String reason) implements Filtered {}
}
