package dev.wrought.eval.live;

import dev.wrought.core.event.CloudEvent;
import dev.wrought.edge.kafka.CloudEventRecords;
import dev.wrought.edge.kafka.KafkaSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** All that a listener can read of a topic. */
public final class Topic {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration QUIET = Duration.ofMillis(1_500);

  private Topic() {}

  /**
   * Reads from the start until there were so many events, and then for a while more, in which none
   * should come.
   */
  public static List<CloudEvent> events(String bootstrapServers, String topic, int expected) {
    List<CloudEvent> events = new ArrayList<>();
    try (Consumer<String, byte[]> consumer =
        new KafkaConsumer<>(KafkaSettings.of(bootstrapServers).consumer("listener"))) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (events.size() < expected && System.nanoTime() < end) {
        poll(consumer, events);
      }
      long quiet = System.nanoTime() + QUIET.toNanos();
      while (System.nanoTime() < quiet) {
        poll(consumer, events);
      }
    }
    return events;
  }

  private static void poll(Consumer<String, byte[]> consumer, List<CloudEvent> into) {
    consumer
        .poll(Duration.ofMillis(200))
        .forEach(record -> into.add(CloudEventRecords.toEvent(record)));
  }
}
