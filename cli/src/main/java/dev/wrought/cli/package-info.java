/**
 * The {@code wrought} command: the entry points.
 *
 * <p>Read {@link dev.wrought.cli.Wrought}, then the rooms: {@code command} (one class a verb),
 * {@code terminal} (what the user sees), {@code local} (the platform on this machine), {@code
 * client} (the services, over gRPC), {@code demo} (the whole chain, narrated). The launcher script
 * {@code ./wrought} finds the JDK, builds, and starts this; {@code test} it answers itself, and
 * {@code bench}, but for its help, by benchmarks. A new verb is a class in {@code command} and a
 * line in its {@code WroughtCommand}.
 */
@NullMarked
package dev.wrought.cli;

import org.jspecify.annotations.NullMarked;
