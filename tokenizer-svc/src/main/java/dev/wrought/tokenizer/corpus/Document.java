package dev.wrought.tokenizer.corpus;

/**
 * A document after the filters.
 *
 * @param path its name, for messages
 * @param content its bytes; not to be changed
 * @param hash of the content
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by hash; a copy would cost a corpus' worth.
public record Document(String path, byte[] content, ContentHash hash) {}
