/**
 * The report of a dataset: what its documents and tokens are like, for programs and for people.
 *
 * <p>Read {@link dev.wrought.tokenizer.report.DatasetReport} first, which is all that is told and
 * the body of {@code report.json}; {@link dev.wrought.tokenizer.report.Lengths} and {@link
 * dev.wrought.tokenizer.report.VocabularyUse} are how it is found. {@link
 * dev.wrought.tokenizer.report.ReportPage} is the same as a page, {@code report.html}, that needs
 * nothing else to be shown.
 *
 * <p>A report depends on the dataset and on where its documents came from, not on the time, and is
 * no part of the dataset's digest. What is in it is data of strangers: names of sources, text of
 * tokens; the page escapes all of it.
 *
 * <p>Not here: the counting of tokens, which is done while they are written (the room build).
 */
@NullMarked
package dev.wrought.tokenizer.report;

import org.jspecify.annotations.NullMarked;
