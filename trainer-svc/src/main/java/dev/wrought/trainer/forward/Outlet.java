package dev.wrought.trainer.forward;

import dev.wrought.core.event.CloudEvent;
import java.util.List;

/** A connection on which events leave this service. For one thread. */
public interface Outlet extends AutoCloseable {
  /**
   * Sends events in their order; when this returns every one is acknowledged.
   *
   * @throws dev.wrought.core.error.WroughtException UNAVAILABLE: any number of them, none included,
   *     may have arrived; the connection is to be closed
   */
  void send(List<CloudEvent> events) throws InterruptedException;

  @Override
  void close();
}
