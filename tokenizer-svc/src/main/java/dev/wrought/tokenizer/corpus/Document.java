package dev.wrought.tokenizer.corpus;

/**
 * A document after the filters.
 *
 * @param number of the documents of its source that came before it, those left out too
 * @param path its name, for messages
 * @param content its bytes; not to be changed
 * @param hash of the content
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by hash; a copy would cost a corpus' worth.
public record Document(long number, String path, byte[] content, ContentHash hash) {}
