package dev.wrought.tokenizer.corpus;

import dev.wrought.core.fuzz.FuzzReplayContract;
import dev.wrought.core.fuzz.FuzzTarget;
import java.util.List;

/** Reads again what fuzzing the parsers of corpora has found. */
final class FoundInputsTest extends FuzzReplayContract {
  @Override
  protected List<FuzzTarget> targets() {
    return CorpusParsers.all();
  }
}
