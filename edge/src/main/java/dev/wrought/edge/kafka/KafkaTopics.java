package dev.wrought.edge.kafka;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.event.Topics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * The platform's topics on a broker. Missing ones are made with the broker's own number of
 * partitions and replicas, which are its owner's affair; only the compacted topic's clean-up policy
 * is ours. Topics that are there stay as they are.
 */
public final class KafkaTopics {
  private KafkaTopics() {}

  /**
   * Makes what is missing.
   *
   * @throws WroughtException UNAVAILABLE where the broker does not answer or refuses; names the
   *     cause
   */
  public static void ensure(Admin admin) throws InterruptedException {
    try {
      Set<String> present = admin.listTopics().names().get();
      List<NewTopic> missing =
          Topics.all().stream()
              .filter(topic -> !present.contains(topic))
              .map(KafkaTopics::topic)
              .toList();
      for (KafkaFuture<Void> made : admin.createTopics(missing).values().values()) {
        await(made);
      }
    } catch (ExecutionException failure) {
      throw new WroughtException(
          ErrorCode.UNAVAILABLE, "topics cannot be made: " + failure.getCause(), failure);
    }
  }

  private static void await(KafkaFuture<Void> made)
      throws ExecutionException, InterruptedException {
    try {
      made.get();
    } catch (ExecutionException failure) {
      if (!(failure.getCause() instanceof TopicExistsException)) {
        throw failure;
      }
    }
  }

  private static NewTopic topic(String name) {
    NewTopic result = new NewTopic(name, Optional.empty(), Optional.empty());
    return name.equals(Topics.EVALUATION_LATEST)
        ? result.configs(
            Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT))
        : result;
  }
}
