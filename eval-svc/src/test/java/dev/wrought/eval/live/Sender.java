package dev.wrought.eval.live;

import dev.wrought.core.event.CloudEvent;
import dev.wrought.edge.kafka.CloudEventRecords;
import dev.wrought.edge.kafka.KafkaSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Puts events on a broker as trainers do. */
public final class Sender implements AutoCloseable {
  private final Producer<String, byte[]> producer;

  public Sender(String bootstrapServers) {
    this.producer = new KafkaProducer<>(KafkaSettings.of(bootstrapServers).producer("rehearsal"));
  }

  /** Returns when the broker has all of them. */
  public void send(List<CloudEvent> events) {
    events.forEach(event -> producer.send(CloudEventRecords.toRecord(event)));
    producer.flush();
  }

  /** A record that is no event. */
  public void sendPoison(String topic, String key, byte[] value) {
    producer.send(new ProducerRecord<>(topic, key, value));
    producer.flush();
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(2));
  }

  /**
   * Rehearses a run for somebody who looks at the page.
   *
   * @param arguments bootstrap servers, uid, name, steps, how many of them are past, milliseconds
   *     between the others, floor of the loss
   */
  public static void main(String[] arguments) throws InterruptedException {
    int steps = Integer.parseInt(arguments[3]);
    int past = Integer.parseInt(arguments[4]);
    long pause = Long.parseLong(arguments[5]);
    Rehearsal run =
        new Rehearsal(
            arguments[1],
            arguments[2],
            steps,
            Math.max(20, steps / 40),
            Double.parseDouble(arguments[6]),
            Instant.now().minusMillis(past * Rehearsal.STEP_MILLIS),
            arguments[1].hashCode());
    try (Sender sender = new Sender(arguments[0])) {
      List<CloudEvent> before = new ArrayList<>(List.of(run.started(1)));
      IntStream.rangeClosed(1, past).forEach(step -> before.addAll(run.step(1, step)));
      sender.send(before);
      for (int step = past + 1; step <= steps; step++) {
        sender.send(run.step(1, step));
        TimeUnit.MILLISECONDS.sleep(pause);
      }
      sender.send(List.of(run.succeeded(1)));
    }
  }
}
