package dev.wrought.eval.publish;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.edge.kafka.CloudEventRecords;
import dev.wrought.edge.kafka.KafkaSettings;
import dev.wrought.eval.store.Arrival.Position;
import dev.wrought.eval.store.Outbox.Letter;
import dev.wrought.eval.store.Outbox.Post;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;

/**
 * One session of publishing. Every letter was caused by a record at an offset of a training topic,
 * and a batch of letters is published in one transaction together with "all that the records before
 * this offset have caused is published", kept as the committed offset of the consumer group {@value
 * #GROUP}. So after a crash at any moment {@link #alreadyPublished} tells exactly what is out, even
 * if the database forgot its last commits; and the group's lag, which every Kafka tool shows, is
 * ours.
 *
 * <p>Opening a session shuts out a former one of the same service that may still hang somewhere,
 * and aborts what it left undone. Any failure ends a session; close it and open another.
 */
final class Postman implements AutoCloseable {
  static final String GROUP = "wrought-eval";

  private final KafkaSettings settings;
  private final Producer<String, byte[]> producer;

  Postman(KafkaSettings settings) {
    this.settings = settings;
    this.producer =
        new KafkaProducer<>(settings.transactionalProducer("wrought-eval-outbox", GROUP));
  }

  /** Takes over from any former session. */
  void open() {
    producer.initTransactions();
  }

  /**
   * Up to where what was caused is published, of each partition whose topic is still the same.
   *
   * @throws WroughtException UNAVAILABLE
   */
  List<Position> alreadyPublished() throws InterruptedException {
    try (Admin admin = Admin.create(settings.admin("wrought-eval-outbox-admin"))) {
      ListConsumerGroupOffsetsOptions settled =
          new ListConsumerGroupOffsetsOptions().requireStable(true);
      Map<TopicPartition, OffsetAndMetadata> offsets =
          admin.listConsumerGroupOffsets(GROUP, settled).partitionsToOffsetAndMetadata().get();
      List<Position> result = new ArrayList<>();
      for (Map.Entry<TopicPartition, OffsetAndMetadata> each : offsets.entrySet()) {
        // The topic's id is the offset's metadata: offsets of a topic of the same name that is
        // gone mean nothing.
        result.add(
            new Position(
                each.getValue().metadata(),
                each.getKey().topic(),
                each.getKey().partition(),
                each.getValue().offset()));
      }
      return result;
    } catch (ExecutionException failure) {
      throw new WroughtException(
          ErrorCode.UNAVAILABLE, "the group's offsets cannot be read: " + failure, failure);
    }
  }

  /** Publishes all or nothing. */
  void publish(Post post) {
    producer.beginTransaction();
    for (Letter letter : post.letters()) {
      producer.send(CloudEventRecords.toRecord(letter.event()));
    }
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (Position position : post.positions()) {
      offsets.put(
          new TopicPartition(position.topic(), position.partition()),
          new OffsetAndMetadata(position.nextOffset(), position.topicId()));
    }
    producer.sendOffsetsToTransaction(offsets, new ConsumerGroupMetadata(GROUP));
    producer.commitTransaction();
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(1));
  }
}
