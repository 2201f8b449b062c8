/**
 * The local platform's Kafka broker: one real KRaft node in a JVM of its own.
 *
 * <p>Read {@link dev.wrought.broker.Broker} (the process), then {@link
 * dev.wrought.broker.BrokerSettings} (why each Kafka setting is what it is) and {@link
 * dev.wrought.broker.WroughtTopics} (the topics that every listener may rely on). Nothing of ours
 * depends on this module and it depends on nothing of ours: it is started by {@code ./wrought up},
 * and a cluster uses a Kafka of its own. A further topic is one more constant in {@code
 * WroughtTopics} and in core's {@code Topics}; a test compares the two.
 */
@NullMarked
package dev.wrought.broker;

import org.jspecify.annotations.NullMarked;
