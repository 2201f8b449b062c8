package dev.wrought.eval.store;

import dev.wrought.core.event.CloudEvent;
import dev.wrought.eval.store.Arrival.Origin;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Puts events into the outbox, in the transaction of the arrival that caused them. */
final class OutboxRows {
  private final Connection connection;
  private @Nullable Origin cause;
  private int ordinal;

  OutboxRows(Connection connection) {
    this.connection = connection;
  }

  void add(Origin cause, CloudEvent event) throws SQLException {
    ordinal = cause.equals(this.cause) ? ordinal + 1 : 0;
    this.cause = cause;
    Sql.update(
        connection,
        """
        insert into outbox (topic_id, cause_topic, partition_no, cause_offset, ordinal, topic,
          record_key, event_id, source, event_type, event_time, subject, body)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing\
        """,
        cause.topicId(),
        cause.topic(),
        cause.partition(),
        cause.offset(),
        ordinal,
        event.topic(),
        event.key(),
        event.id(),
        event.source(),
        event.type(),
        event.time().toEpochMilli(),
        event.subject(),
        event.data());
  }
}
