package dev.wrought.benchmarks.platform;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A Kafka consumer that knows nothing of Wrought: all of one topic, from its beginning. */
final class EventTap implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<String, String> consumer;
  private final List<ConsumerRecord<String, String>> seen = new ArrayList<>();

  EventTap(String bootstrapServers, String topic) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed"),
            new StringDeserializer(),
            new StringDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Reads on until something is there. */
  void readUntil(String what, BooleanSupplier wanted) {
    Waiting.until(
        what,
        () -> {
          consumer.poll(POLL).forEach(seen::add);
          return wanted.getAsBoolean();
        });
  }

  /** Reads on until the topic's end as it is now. */
  void readToEnd() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    readUntil(
        "the topic's end",
        () ->
            ends.entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue()));
  }

  /** What was read with a run's key. */
  List<ConsumerRecord<String, String>> of(String run) {
    return seen.stream().filter(record -> run.equals(record.key())).toList();
  }

  /** The ids of all events that were read. */
  Set<String> ids() {
    return seen.stream().map(record -> header(record, "ce_id")).collect(Collectors.toSet());
  }

  /** The ids of what was read with a run's key, each as often as it came. */
  List<String> ids(String run) {
    return of(run).stream().map(record -> header(record, "ce_id")).toList();
  }

  /** A header's text; empty where there is none. */
  static String header(ConsumerRecord<String, String> record, String name) {
    return Optional.ofNullable(record.headers().lastHeader(name))
        .map(header -> new String(header.value(), StandardCharsets.UTF_8))
        .orElse("");
  }

  @Override
  public void close() {
    consumer.close();
  }
}
