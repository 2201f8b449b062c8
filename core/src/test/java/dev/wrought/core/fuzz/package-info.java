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
 * <p>Not here: the targets, which stand beside what they read. A module that has parsers extends
 * the two contracts and lists its targets ({@link dev.wrought.core.fuzz.CoreParsers} are this
 * one's). It depends, for its tests, on Jazzer and on core's test jar; these in a profile that
 * {@code maven.test.skip} switches off, since packaging without tests makes no such jar.
 */
@NullMarked
package dev.wrought.core.fuzz;

import org.jspecify.annotations.NullMarked;
