package dev.wrought.eval.ingest;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.event.Topics;
import dev.wrought.edge.kafka.KafkaTopics;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/**
 * The partitions that we read, each with its topic's id.
 *
 * @param topicIds by partition
 */
record Subscription(Map<TopicPartition, String> topicIds) {
  private static final List<String> TOPICS =
      List.of(Topics.TRAINING_METRICS, Topics.TRAINING_LIFECYCLE);

  Subscription {
    topicIds = Map.copyOf(topicIds);
  }

  /**
   * Asks the broker, and makes the topics that are missing.
   *
   * @throws WroughtException UNAVAILABLE
   */
  static Subscription ask(Admin admin) throws InterruptedException {
    KafkaTopics.ensure(admin);
    try {
      return of(admin.describeTopics(TOPICS).allTopicNames().get().values());
    } catch (ExecutionException failure) {
      throw new WroughtException(
          ErrorCode.UNAVAILABLE, "topics cannot be described: " + failure.getCause(), failure);
    }
  }

  private static Subscription of(Collection<TopicDescription> topics) {
    Map<TopicPartition, String> ids = new HashMap<>();
    for (TopicDescription topic : topics) {
      IntStream.range(0, topic.partitions().size())
          .forEach(partition ->
              ids.put(new TopicPartition(topic.name(), partition), topic.topicId().toString()));
    }
    return new Subscription(ids);
  }

  Collection<TopicPartition> partitions() {
    return topicIds.keySet();
  }

  String topicId(TopicPartition partition) {
    String id = topicIds.get(partition);
    if (id == null) {
      throw new IllegalArgumentException(partition + " is not assigned");
    }
    return id;
  }
}
