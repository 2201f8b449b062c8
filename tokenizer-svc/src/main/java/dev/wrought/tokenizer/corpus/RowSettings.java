package dev.wrought.tokenizer.corpus;

import dev.wrought.core.config.Default;

/**
 * What may be said of a file with rows.
 *
 * @param field the field or column with the text
 * @param skipBroken skip broken rows and count them, instead of stopping at the first
 */
record RowSettings(
    String path, @Default("text") String field, @Default("false") boolean skipBroken) {}
