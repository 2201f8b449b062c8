/**
 * The training of tokenizers: a corpus is counted on several threads, merges are learnt from the
 * counts, the result is published.
 *
 * <p>{@link dev.wrought.tokenizer.training.TokenizerTraining} is all of it. The algorithm itself is
 * in core ({@link dev.wrought.core.tokenizer.BpeTrainer}), the corpus in the room corpus. Another
 * kind of model (unigram) will be another trainer behind the same request.
 */
@NullMarked
package dev.wrought.tokenizer.training;

import org.jspecify.annotations.NullMarked;
