package dev.wrought.core.recipe;

import dev.wrought.core.config.AtLeast;
import dev.wrought.core.config.AtMost;
import dev.wrought.core.config.Checks;
import dev.wrought.core.config.Default;
import dev.wrought.core.config.Doc;

/** Who does the work. */
public record WorkersSpec(
    @Doc("Worker processes, or pods on Kubernetes.") @AtLeast(1) @AtMost(4096) @Default("1")
        int count,
    @Doc("GPUs of each worker; 0: the CPU.") @AtLeast(0) @AtMost(16) @Default("0") int gpus,
    @Doc("How many times lost workers are started again.") @AtLeast(0) @AtMost(1000) @Default("10")
        int restartBudget) {
  public WorkersSpec {
    Checks.of(WorkersSpec.class, count, gpus, restartBudget).done();
  }
}
