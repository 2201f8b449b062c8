package dev.wrought.core.recipe;

import dev.wrought.core.config.Checks;
import dev.wrought.core.config.Default;
import dev.wrought.core.config.Doc;
import dev.wrought.core.config.Matches;
import dev.wrought.core.config.Size;
import java.util.List;

/** Which benchmarks are run on the checkpoints. */
public record EvaluationSpec(
    @Doc("Names of benchmark tasks.")
        @Size(max = 100)
        @Matches(value = "[a-z0-9][a-z0-9._-]*", words = "lower-case letters, digits, ., _ and -")
        @Default("[]")
        List<String> tasks,
    @Doc("Run them on every checkpoint; else only on the last one.") @Default("true")
        boolean onCheckpoint) {
  public EvaluationSpec {
    tasks = List.copyOf(tasks);
    Checks.of(EvaluationSpec.class, tasks, onCheckpoint).done();
  }
}
