/**
 * Where documents come from and what is done to them before anything else reads them.
 *
 * <p>Read {@link dev.wrought.tokenizer.corpus.CorpusSource} and {@link
 * dev.wrought.tokenizer.corpus.DocumentFilter}, the two kinds of plugin; then {@link
 * dev.wrought.tokenizer.corpus.Corpus}, which joins them, and {@link
 * dev.wrought.tokenizer.corpus.CorpusReader}, which reads one on several threads and hands its
 * documents on in order. Sources: {@link dev.wrought.tokenizer.corpus.DirectorySource}, {@link
 * dev.wrought.tokenizer.corpus.TextSource}, {@link dev.wrought.tokenizer.corpus.JsonlSource},
 * {@link dev.wrought.tokenizer.corpus.ZipSource}. The filter: {@link
 * dev.wrought.tokenizer.corpus.LicenceHeaderFilter}.
 *
 * <p>No source holds a whole corpus in memory, and whatever is left out is counted under a reason
 * ({@link dev.wrought.tokenizer.corpus.DropReason}). To add a source or a filter, implement {@link
 * dev.wrought.tokenizer.corpus.CorpusSourceFactory} or {@link
 * dev.wrought.tokenizer.corpus.DocumentFilterFactory}, name it in {@code META-INF/services}, here
 * or in a jar of your own in {@code plugins/}.
 *
 * <p>Not here: which documents are held out (the room build).
 */
@NullMarked
package dev.wrought.tokenizer.corpus;

import org.jspecify.annotations.NullMarked;
