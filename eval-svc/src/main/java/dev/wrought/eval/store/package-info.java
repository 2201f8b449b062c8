/**
 * What is known of every run, in a database: H2 in a file, and nothing in the SQL that PostgreSQL
 * does not read as well. The tables are described where they are made, in {@code
 * db/migration/V1__events.sql}; why they are so is in docs/adr/0005-evaluation-store.md.
 *
 * <p>Reading order: {@link dev.wrought.eval.store.Arrival} (what comes in), {@link
 * dev.wrought.eval.store.EventStore} (writes a batch, what follows from it, and where to read on,
 * in one transaction), {@link dev.wrought.eval.store.BatchWriter} (one method a kind of event),
 * {@link dev.wrought.eval.store.Outbox} (events on their way out), {@link
 * dev.wrought.eval.store.RunQueries} and {@link dev.wrought.eval.store.CurveQueries} (views: of
 * each step the highest epoch), {@link dev.wrought.eval.store.CurveNews} (what came since a {@link
 * dev.wrought.eval.store.FeedPosition}), {@link dev.wrought.eval.store.Feed} (who waits for it).
 *
 * <p>Kafka's client is not here but in ingest and publish. A new kind of event is a record in
 * {@code Arrival}, a table in a new migration, and a method in {@code BatchWriter}.
 */
@NullMarked
package dev.wrought.eval.store;

import org.jspecify.annotations.NullMarked;
