package dev.wrought.eval.store;

import dev.wrought.core.error.WroughtException;
import dev.wrought.eval.loss.CurvePoint;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import javax.sql.DataSource;

/**
 * What was added to curves since a reader looked last. Whoever asks with the position of a {@link
 * CurveQueries.Snapshot}, and then with each answer's, gets every later point exactly once.
 */
@ApplicationScoped
public class CurveNews {
  private static final int ROWS_AT_A_TIME = 1_000;

  private final DataSource database;

  @Inject
  public CurveNews(DataSource database) {
    this.database = database;
  }

  /**
   * New points of some runs, of every epoch, in the order of their commits.
   *
   * @param points by the store's run id; runs without news are left out
   * @param position to ask with the next time
   */
  public record News(Map<Long, Map<CurveMetric, List<CurvePoint>>> points, FeedPosition position) {}

  /** Where the feed is now. @throws WroughtException UNAVAILABLE */
  public FeedPosition now() {
    try (Connection connection = database.getConnection()) {
      return position(connection);
    } catch (SQLException failure) {
      throw CurveQueries.unreadable(failure);
    }
  }

  /**
   * What was committed after a position, at most some thousand steps at a time.
   *
   * @param runs the store's ids
   * @param after in this store
   * @throws WroughtException UNAVAILABLE
   */
  public News after(Collection<Long> runs, FeedPosition after) {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      News news = new News(new HashMap<>(), end(connection, runs, after));
      for (CurveSource source : runs.isEmpty() ? List.<CurveSource>of() : CurveSource.all()) {
        read(connection, source, runs, after, news);
      }
      connection.commit();
      return news;
    } catch (SQLException failure) {
      throw CurveQueries.unreadable(failure);
    }
  }

  static FeedPosition position(Connection connection) throws SQLException {
    return Sql.first(
            connection,
            "select store, last_number from feed",
            row -> new FeedPosition(row.getString(1), row.getLong(2)))
        .orElseThrow();
  }

  /** How far to read: to the newest number, or to the last of so many steps. */
  private static FeedPosition end(Connection connection, Collection<Long> runs, FeedPosition after)
      throws SQLException {
    FeedPosition newest = position(connection);
    if (runs.isEmpty()) {
      return newest;
    }
    return Sql.first(
            connection,
            "select feed from step where run_id in (%s) and feed > ? order by feed limit 1 offset ?"
                .formatted(places(runs)),
            row -> newest.at(row.getLong(1)),
            parameters(runs, after.number(), ROWS_AT_A_TIME))
        .orElse(newest);
  }

  private static void read(
      Connection connection,
      CurveSource source,
      Collection<Long> runs,
      FeedPosition after,
      News into)
      throws SQLException {
    String sql =
        "select * from %s where run_id in (%s) and feed > ? and feed <= ? order by feed"
            .formatted(source.table(), places(runs));
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Sql.bind(statement, parameters(runs, after.number(), into.position.number()));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          add(source, row, into);
        }
      }
    }
  }

  private static void add(CurveSource source, ResultSet row, News into) throws SQLException {
    Map<CurveMetric, List<CurvePoint>> ofRun =
        into.points.computeIfAbsent(row.getLong("run_id"), _ -> new EnumMap<>(CurveMetric.class));
    CurvePoint place = CurveSource.place(row);
    for (CurveMetric metric : source.metrics()) {
      double value = metric.read(row);
      if (Double.isFinite(value)) {
        ofRun.computeIfAbsent(metric, _ -> new ArrayList<>()).add(place.with(value));
      }
    }
  }

  private static String places(Collection<Long> runs) {
    return runs.stream().map(_ -> "?").collect(Collectors.joining(", "));
  }

  private static Object[] parameters(Collection<Long> runs, long... others) {
    List<Object> all = new ArrayList<>(runs);
    LongStream.of(others).forEach(all::add);
    return all.toArray();
  }
}
