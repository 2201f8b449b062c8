/**
 * Text to token ids and back: byte-level BPE, read from and written to Hugging Face's {@code
 * tokenizer.json}, read from OpenAI's {@code .tiktoken}, and its training.
 *
 * <p>Read {@link dev.wrought.core.tokenizer.Tokenizer} first; then what encoding is made of, in the
 * order in which text meets it: {@link dev.wrought.core.tokenizer.SpecialTokenSearch} cuts special
 * tokens out where that is allowed, a {@link dev.wrought.core.tokenizer.Splitter} cuts the rest
 * into words, {@link dev.wrought.core.tokenizer.WordCache} knows most words already, {@link
 * dev.wrought.core.tokenizer.WordMerger} merges the bytes of a new one by the ranks of {@link
 * dev.wrought.core.tokenizer.MergeTable}. {@link dev.wrought.core.tokenizer.BpeTokenizer} puts them
 * together. Training is {@link dev.wrought.core.tokenizer.WordCounts} and then {@link
 * dev.wrought.core.tokenizer.BpeTrainer}, which merges the pairs of {@link
 * dev.wrought.core.tokenizer.FrequentPairs} in {@link dev.wrought.core.tokenizer.TrainingWords}.
 *
 * <p>Beside them: {@link dev.wrought.core.tokenizer.TokenizerConfig}, the file that transformers
 * reads first, and {@link dev.wrought.core.tokenizer.Words}, which people count in.
 *
 * <p>Not here: where the training text comes from (tokenizer-svc). To add a family with other
 * splitting rules, write its splitter beside {@link dev.wrought.core.tokenizer.Gpt2Splitter} and
 * name it and its pattern in {@link dev.wrought.core.tokenizer.Splitting}: the test there proves
 * them equal. A file's format is added to {@link dev.wrought.core.tokenizer.TokenizerFile}.
 */
@NullMarked
package dev.wrought.core.tokenizer;

import org.jspecify.annotations.NullMarked;
