/**
 * From Kafka into the store.
 *
 * <p>{@link dev.wrought.eval.ingest.EventConsumer} is the loop: assign, seek to the store's
 * offsets, poll, commit. {@link dev.wrought.eval.ingest.ArrivalDecoder} makes of each record an
 * arrival, or a dead letter that says why not. {@link dev.wrought.eval.ingest.BrokerState} is what
 * the loop knows of the broker, and {@link dev.wrought.eval.ingest.BrokerReadiness} says so.
 *
 * <p>No consumer group balances us: offsets live in the database, in the transaction of what was
 * read. A new kind of event is one case more in the decoder.
 */
@NullMarked
package dev.wrought.eval.ingest;

import org.jspecify.annotations.NullMarked;
