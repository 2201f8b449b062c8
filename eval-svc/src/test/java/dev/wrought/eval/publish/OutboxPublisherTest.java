package dev.wrought.eval.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.edge.kafka.KafkaSettings;
import dev.wrought.eval.store.Feed;
import dev.wrought.eval.store.Outbox;
import dev.wrought.eval.store.TestDatabase;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OutboxPublisherTest {
  private final Semaphore looks = new Semaphore(0);
  private final Outbox defective =
      new Outbox(new TestDatabase().dataSource()) {
        @Override
        public boolean isEmpty() {
          looks.release();
          throw new IllegalStateException("a defect");
        }
      };

  private OutboxPublisher start(Duration pause) {
    KafkaSettings nowhere = new KafkaSettings(Map.of());
    OutboxPublisher publisher = new OutboxPublisher(nowhere, defective, new Feed(), pause);
    publisher.start();
    return publisher;
  }

  @Test
  void run_defect_isTriedAgain() throws InterruptedException {
    OutboxPublisher publisher = start(Duration.ofMillis(1));
    try {
      assertTrue(looks.tryAcquire(2, 1, TimeUnit.MINUTES), "no second look");
    } finally {
      publisher.stop();
    }
  }

  @Test
  void run_defect_isFollowedByAPause() throws InterruptedException {
    OutboxPublisher publisher = start(Duration.ofDays(1));
    assertTrue(looks.tryAcquire(1, 1, TimeUnit.MINUTES), "no look");
    publisher.stop();
    assertEquals(0, looks.availablePermits(), "looks without a pause");
  }
}
