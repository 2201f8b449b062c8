package dev.wrought.tokenizer.build;

import dev.wrought.core.dataset.SplitCounts;
import dev.wrought.core.text.Words;
import dev.wrought.core.tokenizer.Tokenizer;
import dev.wrought.tokenizer.corpus.ContentHash;
import dev.wrought.tokenizer.corpus.Document;

/**
 * A document as tokens.
 *
 * @param ids its tokens and the end of text; none where they are not needed, or known already
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record EncodedDocument(int[] ids, ContentHash hash, long bytes, long words) {
  private static final int[] NONE = {};

  static EncodedDocument of(Document document, Tokenizer tokenizer) {
    return new EncodedDocument(tokenizer.encodeDocument(document.content()), document);
  }

  static EncodedDocument withoutTokens(Document document) {
    return new EncodedDocument(NONE, document);
  }

  private EncodedDocument(int[] ids, Document document) {
    this(ids, document.hash(), document.content().length, Words.count(document.content()));
  }

  /** Of this one document. @param tokens that it has */
  SplitCounts counts(int tokens) {
    return new SplitCounts(1, tokens, bytes, words);
  }
}
