package dev.wrought.eval.ingest;

import dev.wrought.core.error.WroughtException;
import dev.wrought.edge.kafka.KafkaSettings;
import dev.wrought.eval.store.Arrival;
import dev.wrought.eval.store.Arrival.Position;
import dev.wrought.eval.store.EventStore;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Reads the training topics into the store, from where the store says, for as long as the service
 * runs.
 *
 * <p>One thread. Whatever fails (the broker, the database, a defect of ours) ends a session; after
 * a pause the next one asks everything anew: topics, partitions, offsets. Nothing is remembered
 * between sessions but in the database, so a restart and a reconnection are the same thing.
 *
 * <p>Every {@link #CHECK} it asks the broker for the ends of the partitions, which tells the lag,
 * and whether there is a broker at all: a poll alone looks the same without one.
 */
@ApplicationScoped
public class EventConsumer {
  private static final Logger LOG = Logger.getLogger(EventConsumer.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration CHECK = Duration.ofSeconds(5);
  private static final Duration SESSION = Duration.ofMinutes(5);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration FAREWELL = Duration.ofSeconds(5);

  private final KafkaSettings settings;
  private final EventStore store;
  private final BrokerState broker;
  private final Duration afterFailure;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread = Thread.ofPlatform().name("events-in").unstarted(this::run);

  @Inject
  public EventConsumer(KafkaSettings settings, EventStore store, BrokerState broker) {
    this(settings, store, broker, PAUSE);
  }

  /**
   * @param afterFailure how long it waits then
   */
  EventConsumer(
      KafkaSettings settings, EventStore store, BrokerState broker, Duration afterFailure) {
    this.settings = settings;
    this.store = store;
    this.broker = broker;
    this.afterFailure = afterFailure;
  }

  void start(@Observes StartupEvent event) {
    thread.start();
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    stopping.countDown();
    thread.join(FAREWELL);
  }

  private void run() {
    try {
      while (!pause(Duration.ZERO)) {
        try {
          session();
        } catch (KafkaException | WroughtException | SQLException failure) {
          say(failure);
          pause(afterFailure);
        } catch (RuntimeException defect) {
          LOG.error("Nothing is read because of a defect; it is tried again", defect);
          broker.lost(defect.toString());
          pause(afterFailure);
        }
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits; returns whether the service is stopping. */
  private boolean pause(Duration time) throws InterruptedException {
    return stopping.await(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void say(Exception failure) {
    if (broker.lost(String.valueOf(failure.getMessage()))) {
      LOG.warnf("Nothing is read until this is over: %s", failure.getMessage());
    } else {
      LOG.debugf(failure, "Still nothing to read from");
    }
  }

  /** Reads until something fails, the service stops, or it is time to ask for new partitions. */
  private void session() throws InterruptedException, SQLException {
    Subscription subscription;
    try (Admin admin = Admin.create(settings.admin("wrought-eval-admin"))) {
      subscription = Subscription.ask(admin);
    }
    try (Consumer<String, byte[]> consumer =
        new KafkaConsumer<>(settings.consumer("wrought-eval"))) {
      consumer.assign(subscription.partitions());
      for (TopicPartition partition : subscription.partitions()) {
        consumer.seek(
            partition, store.nextOffset(subscription.topicId(partition), partition.partition()));
      }
      read(consumer, subscription);
    }
  }

  private void read(Consumer<String, byte[]> consumer, Subscription subscription)
      throws InterruptedException, SQLException {
    long end = System.nanoTime() + SESSION.toNanos();
    long nextCheck = System.nanoTime();
    while (System.nanoTime() < end && !pause(Duration.ZERO)) {
      if (System.nanoTime() >= nextCheck) {
        check(consumer);
        nextCheck = System.nanoTime() + CHECK.toNanos();
      }
      ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
      if (!records.isEmpty()) {
        commit(records, subscription);
      }
    }
  }

  private void check(Consumer<String, byte[]> consumer) {
    Map<TopicPartition, Long> ends =
        consumer.endOffsets(consumer.assignment(), KafkaSettings.PATIENCE);
    long lag = 0;
    for (Map.Entry<TopicPartition, Long> each : ends.entrySet()) {
      lag += Math.max(0, each.getValue() - consumer.position(each.getKey()));
    }
    if (broker.connected(lag)) {
      LOG.infof("Reading events from %s, %d to catch up", settings.bootstrapServers(), lag);
    }
  }

  private void commit(ConsumerRecords<String, byte[]> records, Subscription subscription)
      throws SQLException {
    List<Arrival> arrivals = new ArrayList<>(records.count());
    List<Position> next = new ArrayList<>();
    for (TopicPartition partition : records.partitions()) {
      String topicId = subscription.topicId(partition);
      for (ConsumerRecord<String, byte[]> record : records.records(partition)) {
        arrivals.add(ArrivalDecoder.decode(record, topicId));
      }
      next.add(arrivals.getLast().origin().next());
    }
    try {
      store.commit(arrivals, next);
    } catch (SQLException failure) {
      if (!isAboutData(failure)) {
        throw failure;
      }
      commitOneByOne(records, subscription);
    }
  }

  /** The way round a record that the decoder let pass and the database does not take. */
  private void commitOneByOne(ConsumerRecords<String, byte[]> records, Subscription subscription)
      throws SQLException {
    for (TopicPartition partition : records.partitions()) {
      String topicId = subscription.topicId(partition);
      for (ConsumerRecord<String, byte[]> record : records.records(partition)) {
        Arrival arrival = ArrivalDecoder.decode(record, topicId);
        List<Position> next = List.of(arrival.origin().next());
        try {
          store.commit(List.of(arrival), next);
        } catch (SQLException failure) {
          if (!isAboutData(failure)) {
            throw failure;
          }
          LOG.errorf(failure, "A record at %s cannot be stored", arrival.origin());
          String reason = "the store refuses it: " + failure.getMessage();
          store.commit(List.of(ArrivalDecoder.poison(record, arrival.origin(), reason)), next);
        }
      }
    }
  }

  /** SQLSTATE classes 22 (data exception) and 23 (constraint): another try would end the same. */
  private static boolean isAboutData(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    return state.startsWith("22") || state.startsWith("23");
  }
}
