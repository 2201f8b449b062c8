/**
 * The verbs, one class each.
 *
 * <p>Read {@link dev.wrought.cli.command.WroughtCommand} (all of them in order), {@link
 * dev.wrought.cli.command.Common} (what every verb understands), then any verb. A verb reads its
 * options, asks {@code local} or {@code client}, prints through {@code terminal} and returns an
 * exit code; it decides nothing that a service could decide. A new verb is one class here and one
 * line in {@code WroughtCommand}.
 */
@NullMarked
package dev.wrought.cli.command;

import org.jspecify.annotations.NullMarked;
