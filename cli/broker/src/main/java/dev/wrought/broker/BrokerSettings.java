package dev.wrought.broker;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/**
 * Kafka's settings for one node on a laptop: small, on loopback, and quick to come back after a
 * kill.
 *
 * @param data the folder that holds the node's log; survives restarts
 * @param port where clients connect
 * @param controllerPort where the node talks to itself
 */
record BrokerSettings(Path data, int port, int controllerPort) {
  private static final String HOST = "127.0.0.1";
  static final int NODE_ID = 1;
  static final String CONTROLLER = "CONTROLLER";
  static final int PARTITIONS = 3;

  String bootstrapServers() {
    return HOST + ":" + port;
  }

  Properties toProperties() {
    Properties properties = new Properties();
    properties.putAll(node());
    properties.putAll(singleReplica());
    properties.putAll(topics());
    properties.putAll(small());
    properties.putAll(quickReturn());
    return properties;
  }

  private Map<String, String> node() {
    String client = "PLAINTEXT://" + bootstrapServers();
    String controller = HOST + ":" + controllerPort;
    return Map.of(
        "process.roles",
        "broker,controller",
        "node.id",
        Integer.toString(NODE_ID),
        "listeners",
        client + "," + CONTROLLER + "://" + controller,
        "advertised.listeners",
        client,
        "controller.listener.names",
        CONTROLLER,
        "controller.quorum.voters",
        NODE_ID + "@" + controller,
        "log.dirs",
        data.toString());
  }

  /** The internal topics want three replicas by default; there is one node. */
  private static Map<String, String> singleReplica() {
    return Map.of(
        "offsets.topic.replication.factor", "1",
        "offsets.topic.num.partitions", "1",
        "transaction.state.log.replication.factor", "1",
        "transaction.state.log.min.isr", "1",
        "transaction.state.log.num.partitions", "1",
        "share.coordinator.state.topic.replication.factor", "1",
        "share.coordinator.state.topic.min.isr", "1");
  }

  /** Events are few and precious: they are kept. A misspelt topic is an error, not a new topic. */
  private static Map<String, String> topics() {
    return Map.of(
        "num.partitions", Integer.toString(PARTITIONS),
        "log.retention.ms", "-1",
        "auto.create.topics.enable", "false");
  }

  /** Threads and buffers for some hundred events a second, within a heap of 128 MB. */
  private static Map<String, String> small() {
    return Map.of(
        "num.network.threads",
        "1",
        "num.io.threads",
        "2",
        "background.threads",
        "2",
        "log.cleaner.dedupe.buffer.size",
        Integer.toString(2 << 20),
        "log.segment.bytes",
        Integer.toString(64 << 20),
        "log.index.size.max.bytes",
        Integer.toString(1 << 20));
  }

  /**
   * After a kill -9 the node's old registration must expire before it may register anew: nine
   * seconds by default. Consumers wait for their group's first rebalance: three seconds by default.
   */
  private static Map<String, String> quickReturn() {
    return Map.of(
        "broker.heartbeat.interval.ms", "500",
        "broker.session.timeout.ms", "2500",
        "group.initial.rebalance.delay.ms", "0");
  }
}
