/**
 * The training of tokenizers: a corpus is counted on several threads, merges are learnt from the
 * counts, the result is published; and all of it goes on where it was when the service was killed.
 *
 * <p>Read {@link dev.wrought.tokenizer.training.TokenizerTraining} first, which is all of it from
 * top to bottom; then {@link dev.wrought.tokenizer.training.Counting}, the pass over the corpus,
 * and {@link dev.wrought.tokenizer.training.Tally}, which says why threads, pruning and
 * interruptions do not change the result. {@link dev.wrought.tokenizer.training.TrainingState} is
 * what can be gone on from; {@link dev.wrought.tokenizer.training.SavePoints} say when it is saved,
 * {@link dev.wrought.tokenizer.training.UnfinishedTrainings} where, {@link
 * dev.wrought.tokenizer.training.StateFile} how, and {@link
 * dev.wrought.tokenizer.training.TrainingKey} for whom.
 *
 * <p>Not here: the algorithms ({@link dev.wrought.core.tokenizer.BpeTrainer} and {@link
 * dev.wrought.core.tokenizer.UnigramTrainer} in core), and where text comes from (the room corpus).
 * Another kind of model is another trainer behind the same request and over the same counts, and
 * another {@link dev.wrought.tokenizer.training.TrainingState} if it is to go on from more than
 * those.
 */
@NullMarked
package dev.wrought.tokenizer.training;

import org.jspecify.annotations.NullMarked;
