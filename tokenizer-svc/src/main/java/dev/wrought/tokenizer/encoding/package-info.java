/**
 * Tokenizers at work for many callers: which are loaded, who gets the processors, how much a call
 * may bring.
 *
 * <p>Read {@link dev.wrought.tokenizer.encoding.LoadedTokenizers} and {@link
 * dev.wrought.tokenizer.encoding.SharedCores} first; then {@link
 * dev.wrought.tokenizer.encoding.TextEncoding} for one text, {@link
 * dev.wrought.tokenizer.encoding.BatchEncoding} with {@link dev.wrought.tokenizer.encoding.Padding}
 * for several, and {@link dev.wrought.tokenizer.encoding.TokenText} for the way back. {@link
 * dev.wrought.tokenizer.encoding.TextLimits} has the limits, with their reason.
 *
 * <p>Not here: how text becomes tokens (core's room tokenizer), and how callers ask (the rooms grpc
 * and web).
 */
@NullMarked
package dev.wrought.tokenizer.encoding;

import org.jspecify.annotations.NullMarked;
