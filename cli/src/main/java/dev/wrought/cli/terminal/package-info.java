/**
 * What the user sees: streams, colours, progress, tables, amounts with units, JSON.
 *
 * <p>Results go to stdout, everything else to stderr; nothing moves where there is no terminal.
 * Read {@link dev.wrought.cli.terminal.Terminal} first, then {@link
 * dev.wrought.cli.terminal.Progress} and {@link dev.wrought.cli.terminal.Table}. No verb prints in
 * any other way. Nothing here knows of services or files.
 */
@NullMarked
package dev.wrought.cli.terminal;

import org.jspecify.annotations.NullMarked;
