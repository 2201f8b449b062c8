package dev.wrought.core.tokenizer;

/**
 * A token outside the merges. One that is not special is found in any text; a special one only
 * where the caller allows it.
 */
record AddedToken(int id, String content, boolean special) {}
