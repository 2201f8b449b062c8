/**
 * Parsers under fuzzing: Jazzer makes up files, guided by which branches of the code they reach,
 * and each is read or refused by name.
 *
 * <p>Read {@link dev.wrought.core.fuzz.FuzzTarget} first, a parser with the files to begin with.
 * {@link dev.wrought.core.fuzz.FuzzContract} fuzzes the targets of a module ({@code ./wrought test
 * --long fuzz}), {@link dev.wrought.core.fuzz.FuzzReplayContract} reads again what has been found
 * (each {@code ./wrought test}). One target's run is {@link dev.wrought.core.fuzz.FuzzRun}: what is
 * left of its ten minutes, in a process that {@link dev.wrought.core.fuzz.JazzerProcess} starts and
 * {@link dev.wrought.core.fuzz.FuzzMain} is. Where its things lie says {@link
 * dev.wrought.core.fuzz.FuzzFolders}:
 *
 * <pre>
 * target/fuzz/NAME/                      corpus, log, and how far it has come
 * src/test/fuzz/NAME.properties          the stamp: for which code it was done, when, how long
 * src/test/resources/fuzz/NAME/          inputs that were once found, read by every build
 * </pre>
 *
 * <p>The first is ignored by Git, the others are committed: what was found, so that it stays
 * mended, and the stamps, so that a clone fuzzes only what has changed. {@code
 * WROUGHT_FUZZ_SECONDS=60} ends each target after a minute, for a trial; the minute counts.
 *
 * <p>To add a parser, write a target beside it and list it ({@link
 * dev.wrought.core.fuzz.CoreParsers} are this module's). What reads from the disk is helped by
 * {@link dev.wrought.core.fuzz.FuzzedFolder}, what reads several files by {@link
 * dev.wrought.core.fuzz.FuzzedFiles}. A module with its first parser extends the two contracts. It
 * depends, for its tests, on Jazzer and on core's test jar; these in a profile that {@code
 * maven.test.skip} switches off, since packaging without tests makes no such jar.
 *
 * <p>Not here: the targets.
 */
@NullMarked
package dev.wrought.core.fuzz;

import org.jspecify.annotations.NullMarked;
