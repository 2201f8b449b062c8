package dev.wrought.tokenizer.corpus;

/**
 * A document and what its duplicates are told by.
 *
 * @param signature of its words; empty where near duplicates are not looked for
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared as a record.
record Fingerprinted(Document document, int[] signature) {}
