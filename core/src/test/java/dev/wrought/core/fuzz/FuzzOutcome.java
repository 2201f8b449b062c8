package dev.wrought.core.fuzz;

import java.nio.file.Path;
import java.util.List;

/** What became of fuzzing a target. */
sealed interface FuzzOutcome {
  /** Its code is the one that it has been fuzzed for already. */
  record Unchanged() implements FuzzOutcome {}

  /** It has been fuzzed all its time, some of it perhaps earlier, and stamped. */
  record Finished(FuzzProgress done) implements FuzzOutcome {}

  /** The time it was given is over; more is left. */
  record Unfinished(FuzzProgress done) implements FuzzOutcome {}

  /** Inputs failed, and are kept. */
  record Found(List<Path> inputs) implements FuzzOutcome {}
}
