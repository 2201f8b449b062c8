package dev.wrought.tokenizer.build;

import dev.wrought.core.dataset.SplitCounts;
import dev.wrought.core.text.Words;
import dev.wrought.core.tokenizer.Tokenizer;
import dev.wrought.tokenizer.corpus.ContentHash;
import dev.wrought.tokenizer.corpus.Document;
import java.util.Arrays;

/**
 * A document as tokens.
 *
 * @param ids its tokens and the end of text
 * @param counts of this one document
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record EncodedDocument(int[] ids, ContentHash hash, SplitCounts counts) {
  static EncodedDocument of(Document document, Tokenizer tokenizer) {
    int[] text = tokenizer.encode(document.content());
    int[] ids = Arrays.copyOf(text, text.length + 1);
    ids[text.length] = tokenizer.endOfTextId();
    long words = Words.count(document.content());
    return new EncodedDocument(
        ids, document.hash(), new SplitCounts(1, ids.length, document.content().length, words));
  }
}
