/**
 * Where documents come from and what is done to them before anything else reads them.
 *
 * <p>Read {@link dev.wrought.tokenizer.corpus.CorpusSource} and {@link
 * dev.wrought.tokenizer.corpus.DocumentFilter}, the two kinds of plugin; then {@link
 * dev.wrought.tokenizer.corpus.Corpus}, which joins them, and {@link
 * dev.wrought.tokenizer.corpus.CorpusReader}, which reads one on several threads and hands its
 * documents on in order ({@link dev.wrought.tokenizer.corpus.Flight} is how). Duplicates, equal or
 * similar, are told in between: {@link dev.wrought.tokenizer.corpus.Deduplication}, {@link
 * dev.wrought.tokenizer.corpus.MinHash}, {@link dev.wrought.tokenizer.corpus.NearDuplicates}.
 *
 * <table>
 * <caption>Sources</caption>
 * <tr><td>directory</td><td>{@link dev.wrought.tokenizer.corpus.DirectorySource}</td></tr>
 * <tr><td>zip</td><td>{@link dev.wrought.tokenizer.corpus.ZipSource}; entries are unpacked by {@link
 *     dev.wrought.tokenizer.corpus.Libdeflate} where the system has it</td></tr>
 * <tr><td>parquet</td><td>{@link dev.wrought.tokenizer.corpus.ParquetSource}</td></tr>
 * <tr><td>text, jsonl, csv, tar</td><td>{@link dev.wrought.tokenizer.corpus.StreamSource}: a file,
 *     unpacked on the way ({@link dev.wrought.tokenizer.corpus.Compression}), in one of the formats
 *     {@link dev.wrought.tokenizer.corpus.TextFormat}, {@link
 *     dev.wrought.tokenizer.corpus.JsonlFormat}, {@link dev.wrought.tokenizer.corpus.CsvFormat},
 *     {@link dev.wrought.tokenizer.corpus.TarFormat}</td></tr>
 * </table>
 *
 * <p>Filters: {@link dev.wrought.tokenizer.corpus.LengthFilter}, {@link
 * dev.wrought.tokenizer.corpus.C4Filter}, {@link dev.wrought.tokenizer.corpus.GopherQualityFilter},
 * {@link dev.wrought.tokenizer.corpus.GopherRepetitionFilter}, {@link
 * dev.wrought.tokenizer.corpus.LicenceHeaderFilter}.
 *
 * <p>No source holds a whole corpus in memory, and whatever is left out is counted under a reason
 * ({@link dev.wrought.tokenizer.corpus.DropReason}). Files come from strangers: what packs too well
 * is refused ({@link dev.wrought.tokenizer.corpus.Inflation}), as are names that lead out of an
 * archive, and a file that is another one by the time it is read ({@link
 * dev.wrought.tokenizer.corpus.FileState}). What parses them takes bytes and gives documents:
 * {@link dev.wrought.tokenizer.corpus.DocumentFormat#read}, or the source itself for zip and
 * Parquet.
 *
 * <p>To add a source or a filter, implement {@link
 * dev.wrought.tokenizer.corpus.CorpusSourceFactory} or {@link
 * dev.wrought.tokenizer.corpus.DocumentFilterFactory}, name it in {@code META-INF/services}, here
 * or in a jar of your own in {@code plugins/}. To add a compression or a format that is read from
 * its beginning, add to the enum or implement the interface.
 *
 * <p>Not here: which documents are held out, and how often the others are written (the room build).
 */
@NullMarked
package dev.wrought.tokenizer.corpus;

import org.jspecify.annotations.NullMarked;
