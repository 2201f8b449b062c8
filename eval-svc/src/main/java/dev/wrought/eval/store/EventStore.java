package dev.wrought.eval.store;

import dev.wrought.eval.store.Arrival.Position;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;

/**
 * Where events go. What a batch says, what follows from it, what is to be published because of it,
 * and where to read on afterwards become true together or not at all: a kill at any moment counts
 * nothing twice and loses nothing.
 */
@ApplicationScoped
public class EventStore {
  private final DataSource database;
  private final Feed feed;

  @Inject
  public EventStore(DataSource database, Feed feed) {
    this.database = database;
    this.feed = feed;
  }

  /**
   * Writes a batch. What is there already stays as it is.
   *
   * @param next where to read on afterwards, of every partition in the batch
   * @throws SQLException nothing of the batch was written
   */
  public void commit(List<Arrival> arrivals, Collection<Position> next) throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try (BatchWriter writer = new BatchWriter(connection)) {
        writer.write(arrivals);
        for (Position position : next) {
          writeOffset(connection, position);
        }
        connection.commit();
      } catch (SQLException | RuntimeException failure) {
        connection.rollback();
        throw failure;
      }
    }
    feed.committed();
  }

  /** Where to read on in a partition; 0: from its start. */
  public long nextOffset(String topicId, int partition) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return Sql.first(
              connection,
              "select next_offset from next_offset where topic_id = ? and partition_no = ?",
              row -> row.getLong(1),
              topicId,
              partition)
          .orElse(0L);
    }
  }

  private static void writeOffset(Connection connection, Position position) throws SQLException {
    int updated =
        Sql.update(
            connection,
            """
            update next_offset set next_offset = greatest(next_offset, ?)
            where topic_id = ? and partition_no = ?\
            """,
            position.nextOffset(),
            position.topicId(),
            position.partition());
    if (updated == 0) {
      Sql.update(
          connection,
          """
          insert into next_offset (topic_id, partition_no, topic, next_offset)
          values (?, ?, ?, ?)\
          """,
          position.topicId(),
          position.partition(),
          position.topic(),
          position.nextOffset());
    }
  }
}
