/**
 * What happened in a run, as it is written down and as it travels.
 *
 * <p>{@link dev.wrought.core.event.EventLog} is a run's diary on disk, appended to by its worker
 * and its service; {@link dev.wrought.core.event.EventLogReader} reads it from a position; {@link
 * dev.wrought.core.event.SpoolCursor} remembers how far a reader came; {@link
 * dev.wrought.core.event.CloudEvent} is the envelope on Kafka, {@link
 * dev.wrought.core.event.EventIds} its deterministic identity, {@link
 * dev.wrought.core.event.Topics} where it goes.
 *
 * <p>Not here: the events' bodies (proto), Kafka itself (edge). A new kind of event is a new
 * message in events.proto and a constant in {@link dev.wrought.core.event.EventType}.
 */
@NullMarked
package dev.wrought.core.event;

import org.jspecify.annotations.NullMarked;
