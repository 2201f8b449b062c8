package dev.wrought.eval.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wrought.core.event.CloudEvent;
import dev.wrought.core.event.Topics;
import dev.wrought.edge.kafka.CloudEventRecords;
import dev.wrought.edge.kafka.KafkaSettings;
import dev.wrought.eval.ingest.TestRecords;
import dev.wrought.eval.live.LocalProcess;
import dev.wrought.eval.live.Topic;
import dev.wrought.eval.store.Arrival;
import dev.wrought.eval.store.EventStore;
import dev.wrought.eval.store.Feed;
import dev.wrought.eval.store.Outbox;
import dev.wrought.eval.store.Outbox.Post;
import dev.wrought.eval.store.TestDatabase;
import dev.wrought.eval.store.TestEvents;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * FAULTS K6, moment by moment: what a kill leaves behind in the database and on the broker, and
 * what the next start makes of it.
 */
class PostmanIT {
  private static final TestEvents RUN = new TestEvents("0198-post", "post");

  @TempDir Path folder;
  private final TestDatabase database = new TestDatabase();
  private final EventStore store = new EventStore(database.dataSource(), new Feed());
  private final Outbox outbox = new Outbox(database.dataSource());

  @Test
  void killed_atAnyMomentAfterTheCommit_publishesEachEventOnce() throws Exception {
    assumeTrue(LocalProcess.isBrokerBuilt(), LocalProcess.NO_BROKER);
    int port = LocalProcess.freePort();
    String bootstrapServers = "127.0.0.1:" + port;
    KafkaSettings settings = KafkaSettings.of(bootstrapServers);
    List<Arrival> arrivals = TestRecords.arrivals(RUN.interruptedRun(), 0);
    try (LocalProcess broker = LocalProcess.broker(folder.resolve("kafka"), port)) {
      assertTrue(broker.isAlive());
      store.commit(arrivals, List.of(arrivals.getLast().origin().next()));
      Post post = outbox.oldest(10_000);

      killedWhileSending(settings, post);
      assertEquals(List.of(), read(bootstrapServers, 0));

      killedBeforeForgetting(settings, post);
      try (Postman next = new Postman(settings)) {
        next.open();
        outbox.forget(next.alreadyPublished());
      }
      assertTrue(outbox.isEmpty());

      List<String> ids = read(bootstrapServers, 36).stream().map(CloudEvent::id).toList();
      assertEquals(36, ids.size());
      assertEquals(36, new HashSet<>(ids).size());
    }
  }

  private static List<CloudEvent> read(String bootstrapServers, int expected) {
    return Topic.events(bootstrapServers, Topics.EVALUATION, expected, _ -> true);
  }

  /** Its records are on the broker, but no transaction has ended. */
  private static void killedWhileSending(KafkaSettings settings, Post post) throws IOException {
    try (KafkaProducer<String, byte[]> killed =
        new KafkaProducer<>(settings.transactionalProducer("wrought-eval-outbox", Postman.GROUP))) {
      killed.initTransactions();
      killed.beginTransaction();
      post.letters().forEach(letter -> killed.send(CloudEventRecords.toRecord(letter.event())));
      killed.flush();
      killed.close(Duration.ZERO);
    }
  }

  /** All is published, and the database does not know. */
  private static void killedBeforeForgetting(KafkaSettings settings, Post post) {
    try (Postman killed = new Postman(settings)) {
      killed.open();
      killed.publish(post);
    }
  }
}
