package dev.wrought.eval.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.edge.kafka.KafkaSettings;
import dev.wrought.eval.store.EventStore;
import dev.wrought.eval.store.Feed;
import dev.wrought.eval.store.TestDatabase;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EventConsumerTest {
  private final Semaphore sessions = new Semaphore(0);
  private final BrokerState broker = new BrokerState();

  /** Every session begins by asking for the admin client's. */
  private final KafkaSettings defective =
      new KafkaSettings(Map.of()) {
        @Override
        public Map<String, Object> admin(String clientId) {
          sessions.release();
          throw new IllegalStateException("a defect");
        }
      };

  private EventConsumer start(Duration pause) {
    EventStore store = new EventStore(new TestDatabase().dataSource(), new Feed());
    EventConsumer consumer = new EventConsumer(defective, store, broker, pause);
    consumer.start(new StartupEvent());
    return consumer;
  }

  @Test
  void run_defect_isToldAndTriedAgain() throws InterruptedException {
    broker.connected(0);
    EventConsumer consumer = start(Duration.ofMillis(1));
    try {
      assertTrue(sessions.tryAcquire(2, 1, TimeUnit.MINUTES), "no second session");
      assertEquals(
          new BrokerState.Snapshot(false, "java.lang.IllegalStateException: a defect", -1),
          broker.now());
    } finally {
      consumer.stop(new ShutdownEvent());
    }
  }

  @Test
  void run_defect_isFollowedByAPause() throws InterruptedException {
    EventConsumer consumer = start(Duration.ofDays(1));
    assertTrue(sessions.tryAcquire(1, 1, TimeUnit.MINUTES), "no session");
    consumer.stop(new ShutdownEvent());
    assertEquals(0, sessions.availablePermits(), "sessions without a pause");
  }
}
