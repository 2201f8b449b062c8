/**
 * From the store to Kafka: evaluation events and dead letters.
 *
 * <p>{@link dev.wrought.eval.publish.OutboxPublisher} is the loop, {@link
 * dev.wrought.eval.publish.Postman} one session with a broker: it publishes letters and remembers
 * how far it came in one Kafka transaction, so that nothing is lost or doubled whenever the service
 * or the broker is killed. What is published is decided where it is stored, in {@link
 * dev.wrought.eval.store}; this room knows nothing of it.
 */
@NullMarked
package dev.wrought.eval.publish;

import org.jspecify.annotations.NullMarked;
