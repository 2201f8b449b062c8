/**
 * The way of a run's events from its {@code events.log} to Kafka.
 *
 * <p>Reading order: {@link dev.wrought.trainer.forward.Forwarder} (the loop), RunSpool (one run's
 * log and cursor), {@link dev.wrought.trainer.forward.Outlet} and {@link
 * dev.wrought.trainer.forward.KafkaOutlet} (the connection). A position is kept after its events
 * are acknowledged, so a crash sends some twice and none never; receivers know them by their ids.
 *
 * <p>Not here: what an event looks like (journal.RunEvents), settings of Kafka clients
 * (edge.kafka). To send events elsewhere, write another Outlet.
 */
@NullMarked
package dev.wrought.trainer.forward;

import org.jspecify.annotations.NullMarked;
