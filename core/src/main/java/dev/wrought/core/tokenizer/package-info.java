/**
 * Text to token ids and back, and the learning of vocabularies.
 *
 * <p>Read {@link dev.wrought.core.tokenizer.Tokenizer} first, then {@link
 * dev.wrought.core.tokenizer.TokenizerParts}: what a tokenizer is made of, as data. Encoding goes
 * by its parts, in the order in which text meets them: {@link
 * dev.wrought.core.tokenizer.AddedTokens} cuts out what the model is not to see, {@link
 * dev.wrought.core.tokenizer.TextPreparation} normalizes the rest and cuts it into words (the room
 * text), {@link dev.wrought.core.tokenizer.TextEncoder} knows most words already, and a {@link
 * dev.wrought.core.tokenizer.WordModel} encodes a new one: {@link
 * dev.wrought.core.tokenizer.WordMerger} merges its bytes or characters by the ranks of {@link
 * dev.wrought.core.tokenizer.MergeTable} (BPE), {@link dev.wrought.core.tokenizer.BestPath} finds
 * the pieces that are the likeliest (unigram). {@link dev.wrought.core.tokenizer.Decoder} goes
 * back.
 *
 * <p>To encode a sentence with a vocabulary of 200,000 tokens takes about as long as reading it, so
 * a model's tokens are bytes in a {@link dev.wrought.core.tokenizer.TokenList}, and what not every
 * text needs is made when it is asked for: {@link dev.wrought.core.tokenizer.ReachedMerges}, of
 * which {@link dev.wrought.core.tokenizer.FirstWords} derives a few at a time, and the bytes of a
 * {@link dev.wrought.core.tokenizer.Vocabulary}.
 *
 * <p>Files are read and written by {@link dev.wrought.core.tokenizer.TokenizerFile}: {@code
 * tokenizer.json} ({@link dev.wrought.core.tokenizer.TokenizerJsonParser}), {@code .tiktoken}
 * ({@link dev.wrought.core.tokenizer.TiktokenFile}), SentencePiece's {@code .model} ({@link
 * dev.wrought.core.tokenizer.SentencePieceFile}), GGUF ({@link
 * dev.wrought.core.tokenizer.GgufVocabulary}), {@code vocab.json} with {@code merges.txt} ({@link
 * dev.wrought.core.tokenizer.VocabularyAndMerges}).
 *
 * <p>Training is {@link dev.wrought.core.tokenizer.WordCounts}, and then {@link
 * dev.wrought.core.tokenizer.BpeTrainer}, which merges the pairs of {@link
 * dev.wrought.core.tokenizer.FrequentPairs} in {@link dev.wrought.core.tokenizer.TrainingWords}, or
 * {@link dev.wrought.core.tokenizer.UnigramTrainer}, which cuts {@link
 * dev.wrought.core.tokenizer.SeedPieces} down: {@link dev.wrought.core.tokenizer.ScoredPieces} are
 * what is left, {@link dev.wrought.core.tokenizer.UnigramCorpus} tells how often each is to be
 * expected, {@link dev.wrought.core.tokenizer.PieceLosses} which are needed the least.
 *
 * <p>Not here: where training text comes from (tokenizer-svc), and what happens to text before a
 * model sees it (the room text). Another kind of model is another {@link
 * dev.wrought.core.tokenizer.Model}; another format is read in {@link
 * dev.wrought.core.tokenizer.TokenizerFile}; a family of BPE that GGUF files name is a line of
 * {@link dev.wrought.core.tokenizer.GgufFamily}.
 */
@NullMarked
package dev.wrought.core.tokenizer;

import org.jspecify.annotations.NullMarked;
