/** Text to token ids and back. */
@NullMarked
package dev.wrought.core.tokenizer;

import org.jspecify.annotations.NullMarked;
