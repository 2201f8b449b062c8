package dev.wrought.core.fuzz;

import java.util.List;

/** Fuzzes the parsers of this module. */
final class CoreFuzzIT extends FuzzContract {
  @Override
  protected List<FuzzTarget> targets() {
    return CoreParsers.all();
  }
}
