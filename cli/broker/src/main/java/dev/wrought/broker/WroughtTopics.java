package dev.wrought.broker;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;

/** The topics of the platform, made when they are missing. */
final class WroughtTopics {
  private static final short ONE_REPLICA = 1;

  static final List<NewTopic> ALL =
      List.of(
          keyedByRun("wrought.training.metrics"),
          keyedByRun("wrought.training.lifecycle"),
          keyedByRun("wrought.evaluation"),
          single("wrought.evaluation.latest").configs(Map.of("cleanup.policy", "compact")),
          single("wrought.deadletter"));

  private WroughtTopics() {}

  /** Makes what is missing; what is there stays as it is. */
  static void create(String bootstrapServers) throws InterruptedException, ExecutionException {
    Map<String, Object> settings =
        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    try (Admin admin = Admin.create(settings)) {
      for (KafkaFuture<Void> topic : admin.createTopics(ALL).values().values()) {
        await(topic);
      }
    }
  }

  private static void await(KafkaFuture<Void> topic)
      throws InterruptedException, ExecutionException {
    try {
      topic.get();
    } catch (ExecutionException failure) {
      if (!(failure.getCause() instanceof TopicExistsException)) {
        throw failure;
      }
    }
  }

  /** The events of one run share a key, hence a partition, hence an order. */
  private static NewTopic keyedByRun(String name) {
    return new NewTopic(name, BrokerSettings.PARTITIONS, ONE_REPLICA);
  }

  private static NewTopic single(String name) {
    return new NewTopic(name, 1, ONE_REPLICA);
  }
}
