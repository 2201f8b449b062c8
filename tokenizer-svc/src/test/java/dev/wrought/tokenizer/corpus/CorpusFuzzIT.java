package dev.wrought.tokenizer.corpus;

import dev.wrought.core.fuzz.FuzzContract;
import dev.wrought.core.fuzz.FuzzTarget;
import java.util.List;

/** Fuzzes the parsers of corpora. */
final class CorpusFuzzIT extends FuzzContract {
  @Override
  protected List<FuzzTarget> targets() {
    return CorpusParsers.all();
  }
}
