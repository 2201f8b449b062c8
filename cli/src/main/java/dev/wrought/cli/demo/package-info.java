/**
 * The whole chain, narrated: text to tokenizer to dataset to model, scored, and writing.
 *
 * <p>Read {@link dev.wrought.cli.demo.Demonstration}, which goes through the stages in order; each
 * stage is a class that asks one service. {@link dev.wrought.cli.demo.MadeBefore} lets a second
 * demo use what the first one made. {@link dev.wrought.cli.demo.DemoReport} is what comes out, for
 * machines, and {@link dev.wrought.cli.demo.ReportText} the same for people. Not here: starting the
 * platform and what Ctrl-C does, which is the verb's.
 */
@NullMarked
package dev.wrought.cli.demo;

import org.jspecify.annotations.NullMarked;
