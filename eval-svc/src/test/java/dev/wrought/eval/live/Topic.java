package dev.wrought.eval.live;

import dev.wrought.core.event.CloudEvent;
import dev.wrought.edge.kafka.CloudEventRecords;
import dev.wrought.edge.kafka.KafkaSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** All that a listener can read of a topic. */
public final class Topic {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration GLANCE = Duration.ofMillis(500);

  private Topic() {}

  /**
   * Reads from the start until so many events of the wanted kind have come, and then to the end.
   *
   * @return the wanted ones
   */
  public static List<CloudEvent> events(
      String bootstrapServers, String topic, int expected, Predicate<CloudEvent> wanted) {
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
        poll(consumer, wanted, events);
      }
      poll(consumer, wanted, events);
      while (!isAtEnd(consumer)) {
        poll(consumer, wanted, events);
      }
    }
    return events;
  }

  private static boolean isAtEnd(Consumer<String, byte[]> consumer) {
    return consumer.endOffsets(consumer.assignment()).entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  private static void poll(
      Consumer<String, byte[]> consumer, Predicate<CloudEvent> wanted, List<CloudEvent> into) {
    for (ConsumerRecord<String, byte[]> record : consumer.poll(GLANCE)) {
      CloudEvent event = CloudEventRecords.toEvent(record);
      if (wanted.test(event)) {
        into.add(event);
      }
    }
  }
}
