/**
 * What happens to text before a tokenizer's model sees it: it is normalized, and cut into words.
 * Text is UTF-8 bytes throughout, and any bytes will do.
 *
 * <p>{@link dev.wrought.core.text.Utf8} and {@link dev.wrought.core.text.Utf8Classes} know the
 * characters, {@link dev.wrought.core.text.WholeCharacters} those of text that comes in parts.
 * {@link dev.wrought.core.text.Normalizer} lists the changes that files may ask for; {@link
 * dev.wrought.core.text.AlignedText} remembers where everything came from. {@link
 * dev.wrought.core.text.Split} is a rule for cutting, {@link dev.wrought.core.text.Splitter} what
 * cuts by it: written by hand for the families' patterns ({@link
 * dev.wrought.core.text.WordPattern}), which {@link dev.wrought.core.text.BlockSplitter} makes fast
 * for ASCII, for runs of characters and for numbers in groups of three ({@link
 * dev.wrought.core.text.GroupSplitter}), or any pattern by {@link dev.wrought.core.text.Regex}, a
 * regular expression engine that never backtracks. {@link dev.wrought.core.text.Words} are words as
 * people count them.
 *
 * <p>Not here: what becomes of the words (the room tokenizer). To add a family's rules, write its
 * splitter beside {@link dev.wrought.core.text.Gpt2Splitter} and name it and its pattern in {@link
 * dev.wrought.core.text.WordPattern}: the test there proves them equal.
 */
@NullMarked
package dev.wrought.core.text;

import org.jspecify.annotations.NullMarked;
