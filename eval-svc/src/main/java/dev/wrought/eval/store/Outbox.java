package dev.wrought.eval.store;

import dev.wrought.core.event.CloudEvent;
import dev.wrought.eval.store.Arrival.Origin;
import dev.wrought.eval.store.Arrival.Position;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** Events on their way out, each with the record that caused it. */
@ApplicationScoped
public class Outbox {
  private final DataSource database;

  @Inject
  public Outbox(DataSource database) {
    this.database = database;
  }

  /** An event to be published, and because of which record. */
  public record Letter(Origin cause, CloudEvent event) {}

  /**
   * Letters to publish together: all that the records before {@link #positions} have caused and
   * that were not published before.
   */
  public record Post(List<Letter> letters) {
    public Post {
      letters = List.copyOf(letters);
    }

    /** Of each partition with a cause in here, the place after the last cause. */
    public List<Position> positions() {
      Map<String, Position> last = new LinkedHashMap<>();
      letters.forEach(letter ->
          last.put(
              letter.cause().topicId() + "/" + letter.cause().partition(), letter.cause().next()));
      return List.copyOf(last.values());
    }
  }

  public boolean isEmpty() throws SQLException {
    try (Connection connection = database.getConnection()) {
      return Sql.first(connection, "select ordinal from outbox limit 1", row -> row.getInt(1))
          .isEmpty();
    }
  }

  /** The oldest letters, at most about so many; what one record caused is never torn apart. */
  public Post oldest(int about) throws SQLException {
    try (Connection connection = database.getConnection()) {
      List<Letter> letters =
          new ArrayList<>(
              Sql.list(
                  connection,
                  """
                  select * from outbox
                  order by topic_id, partition_no, cause_offset, ordinal limit ?\
                  """,
                  Outbox::read,
                  about));
      if (letters.size() == about) {
        Origin perhapsTorn = letters.getLast().cause();
        letters.removeIf(letter -> letter.cause().equals(perhapsTorn));
      }
      return new Post(letters);
    }
  }

  /** Forgets what the records of a partition before a place have caused: it is published. */
  public void forget(List<Position> published) throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      for (Position position : published) {
        Sql.update(
            connection,
            "delete from outbox where topic_id = ? and partition_no = ? and cause_offset < ?",
            position.topicId(),
            position.partition(),
            position.nextOffset());
      }
      connection.commit();
    }
  }

  private static Letter read(ResultSet row) throws SQLException {
    Origin cause =
        new Origin(
            row.getString("topic_id"),
            row.getString("cause_topic"),
            row.getInt("partition_no"),
            row.getLong("cause_offset"));
    CloudEvent event =
        new CloudEvent(
            row.getString("event_id"),
            row.getString("source"),
            row.getString("event_type"),
            Instant.ofEpochMilli(row.getLong("event_time")),
            row.getString("subject"),
            row.getString("record_key"),
            row.getString("topic"),
            row.getString("body"));
    return new Letter(cause, event);
  }
}
