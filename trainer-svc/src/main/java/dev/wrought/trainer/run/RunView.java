package dev.wrought.trainer.run;

import dev.wrought.trainer.journal.RunDirectory;

/** A run as it was when it was asked for, and where its files are. */
public record RunView(RunRecord record, RunDirectory directory) {}
