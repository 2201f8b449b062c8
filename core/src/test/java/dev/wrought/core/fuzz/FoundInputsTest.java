package dev.wrought.core.fuzz;

import java.util.List;

/** Reads again what fuzzing the parsers of this module has found. */
final class FoundInputsTest extends FuzzReplayContract {
  @Override
  protected List<FuzzTarget> targets() {
    return CoreParsers.all();
  }
}
