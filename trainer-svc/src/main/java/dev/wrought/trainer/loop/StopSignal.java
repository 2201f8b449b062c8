package dev.wrought.trainer.loop;

import java.util.concurrent.atomic.AtomicBoolean;

/** Someone's wish that training end after the current step. Thread-safe. */
public final class StopSignal {
  private final AtomicBoolean requested = new AtomicBoolean();

  /** Asks. @return whether nobody had asked before */
  public boolean request() {
    return requested.compareAndSet(false, true);
  }

  public boolean isRequested() {
    return requested.get();
  }
}
