package dev.wrought.trainer.backend;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A worker process. Of one that was adopted the operating system keeps no exit code for us.
 *
 * @param child present where this process started it
 */
record ProcessPod(ProcessHandle process, Optional<Process> child) implements Pod {
  @Override
  public PodReference reference() {
    return new PodReference(process.pid(), process.info().startInstant().orElse(Instant.EPOCH));
  }

  @Override
  public boolean isAlive() {
    return child.map(Process::isAlive).orElseGet(process::isAlive); // a child's code comes with it
  }

  @Override
  public OptionalInt exitCode() {
    return child.filter(each -> !each.isAlive()).stream().mapToInt(Process::exitValue).findAny();
  }

  @Override
  public void stop() {
    process.destroy();
  }

  @Override
  public void kill() {
    process.destroyForcibly();
  }
}
