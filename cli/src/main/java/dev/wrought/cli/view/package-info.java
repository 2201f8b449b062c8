/**
 * How the services' answers read on a terminal: a run as it trains and as it ended, a corpus as it
 * is worked through.
 *
 * <p>Read {@link dev.wrought.cli.view.TrainingView}, then {@link dev.wrought.cli.view.CorpusView}.
 * Streams, colours and widths are not here but in {@code terminal}. Used by the verbs and by the
 * demo.
 */
@NullMarked
package dev.wrought.cli.view;

import org.jspecify.annotations.NullMarked;
