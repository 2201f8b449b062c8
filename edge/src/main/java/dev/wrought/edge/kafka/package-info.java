/**
 * Kafka as trainer-svc and eval-svc use it: client settings, topics, and events as binary-mode
 * CloudEvents. A service that talks Kafka declares quarkus-kafka-client itself; here it is
 * optional.
 *
 * <p>Read {@link dev.wrought.edge.kafka.KafkaSettings} first (how clients of ours are set and why),
 * then {@link dev.wrought.edge.kafka.KafkaTopics} (the topics, made where they are missing), {@link
 * dev.wrought.edge.kafka.EventJson} (message to body and back) and {@link
 * dev.wrought.edge.kafka.CloudEventRecords} (event to record and back).
 *
 * <p>What an event is, its id and the topics' names are in core's event room, the bodies in {@code
 * proto/.../events.proto}. Consuming and publishing loops are not here: each service has its own,
 * with its own store. A new setting that two services need belongs into {@code KafkaSettings}; what
 * an operator adds (TLS, credentials) is given as {@code kafka.*} configuration and needs no code.
 */
@NullMarked
package dev.wrought.edge.kafka;

import org.jspecify.annotations.NullMarked;
