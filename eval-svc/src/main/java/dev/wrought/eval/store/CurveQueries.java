package dev.wrought.eval.store;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.eval.loss.CurvePoint;
import dev.wrought.eval.loss.Downsampling;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/**
 * Curves of runs. Of a step that several epochs have measured, the highest one's point is shown;
 * the others are kept and never deleted.
 */
@ApplicationScoped
public class CurveQueries {
  private static final int ROWS_AT_A_TIME = 1_000;

  private final DataSource database;

  @Inject
  public CurveQueries(DataSource database) {
    this.database = database;
  }

  /**
   * Points that came since a reader looked last.
   *
   * @param points in the order of their commits
   * @param cursor the feed number to ask with the next time
   */
  public record News(Map<CurveMetric, List<CurvePoint>> points, long cursor) {}

  /**
   * A run's curves, each downsampled so that its peaks stay.
   *
   * @param maxPoints of each curve, at least 4
   */
  public Map<CurveMetric, List<CurvePoint>> curves(
      long runId, Set<CurveMetric> metrics, int maxPoints) {
    Map<CurveMetric, List<CurvePoint>> result = new EnumMap<>(CurveMetric.class);
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      for (Source source : Source.values()) {
        Set<CurveMetric> wanted = source.metricsOf(metrics);
        if (!wanted.isEmpty()) {
          result.putAll(curves(connection, source, runId, wanted, maxPoints));
        }
      }
      connection.commit();
      return result;
    } catch (SQLException failure) {
      throw unreadable(failure);
    }
  }

  /** What was committed after a feed number, of every epoch, at most some thousand at a time. */
  public News news(long runId, long cursor) {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      Map<CurveMetric, List<CurvePoint>> points = new EnumMap<>(CurveMetric.class);
      long until = endOfNews(connection, runId, cursor);
      for (Source source : Source.values()) {
        readNews(connection, source, runId, new Span(cursor, until), points);
      }
      connection.commit();
      return new News(points, until);
    } catch (SQLException failure) {
      throw unreadable(failure);
    }
  }

  /** The feed number given last: what a reader who now reads everything has seen. */
  public long lastFeedNumber() {
    try (Connection connection = database.getConnection()) {
      return lastFeedNumber(connection);
    } catch (SQLException failure) {
      throw unreadable(failure);
    }
  }

  private static long lastFeedNumber(Connection connection) throws SQLException {
    return Sql.first(connection, "select last_number from feed", row -> row.getLong(1))
        .orElseThrow();
  }

  /** A table with points. */
  private enum Source {
    STEPS("step", CurveMetric.ofSteps()),
    VALIDATIONS("validation", CurveMetric.ofValidations());

    private final String table;
    private final Set<CurveMetric> metrics;

    Source(String table, Set<CurveMetric> metrics) {
      this.table = table;
      this.metrics = metrics;
    }

    private Set<CurveMetric> metricsOf(Set<CurveMetric> wanted) {
      List<CurveMetric> both = metrics.stream().filter(wanted::contains).toList();
      return Set.copyOf(both);
    }
  }

  private static Map<CurveMetric, List<CurvePoint>> curves(
      Connection connection, Source source, long runId, Set<CurveMetric> metrics, int maxPoints)
      throws SQLException {
    long rows =
        Sql.first(
                connection,
                "select count(*) from " + source.table + " where run_id = ?",
                row -> row.getLong(1),
                runId)
            .orElseThrow();
    Map<CurveMetric, Downsampling> samplings = new EnumMap<>(CurveMetric.class);
    metrics.forEach(metric -> samplings.put(metric, new Downsampling(rows, maxPoints)));
    String sql = "select * from " + source.table + " where run_id = ? order by step, epoch";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setFetchSize(ROWS_AT_A_TIME);
      statement.setLong(1, runId);
      try (ResultSet row = statement.executeQuery()) {
        fold(row, samplings);
      }
    }
    Map<CurveMetric, List<CurvePoint>> result = new EnumMap<>(CurveMetric.class);
    samplings.forEach((metric, sampling) -> result.put(metric, sampling.points()));
    return result;
  }

  /** Rows come by step and epoch, so the last of a step is the highest epoch's. */
  private static void fold(ResultSet row, Map<CurveMetric, Downsampling> samplings)
      throws SQLException {
    Map<CurveMetric, CurvePoint> pending = new EnumMap<>(CurveMetric.class);
    int step = Integer.MIN_VALUE;
    while (row.next()) {
      if (row.getInt("step") != step) {
        pending.forEach((metric, point) -> add(samplings, metric, point));
        pending.clear();
        step = row.getInt("step");
      }
      for (CurveMetric metric : samplings.keySet()) {
        CurvePoint point = point(row, metric.read(row));
        if (Double.isFinite(point.value())) {
          pending.put(metric, point);
        } else {
          pending.remove(metric);
        }
      }
    }
    pending.forEach((metric, point) -> add(samplings, metric, point));
  }

  private static void add(
      Map<CurveMetric, Downsampling> samplings, CurveMetric metric, CurvePoint point) {
    Downsampling sampling = samplings.get(metric);
    if (sampling != null) {
      sampling.add(point);
    }
  }

  private static CurvePoint point(ResultSet row, double value) throws SQLException {
    return new CurvePoint(
        row.getInt("step"),
        row.getInt("epoch"),
        row.getDouble("total_tokens"),
        row.getLong("event_time"),
        value);
  }

  /** Feed numbers from the first, exclusive, to the second, inclusive. */
  private record Span(long after, long until) {}

  /** How far to read: to the newest number, or to the last of so many steps. */
  private static long endOfNews(Connection connection, long runId, long cursor)
      throws SQLException {
    return Sql.first(
            connection,
            "select feed from step where run_id = ? and feed > ? order by feed limit 1 offset ?",
            row -> row.getLong(1),
            runId,
            cursor,
            ROWS_AT_A_TIME)
        .orElse(lastFeedNumber(connection));
  }

  private static void readNews(
      Connection connection,
      Source source,
      long runId,
      Span span,
      Map<CurveMetric, List<CurvePoint>> into)
      throws SQLException {
    String sql =
        "select * from %s where run_id = ? and feed > ? and feed <= ? order by feed"
            .formatted(source.table);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Sql.bind(statement, runId, span.after, span.until);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          for (CurveMetric metric : source.metrics) {
            CurvePoint point = point(row, metric.read(row));
            if (Double.isFinite(point.value())) {
              into.computeIfAbsent(metric, _ -> new ArrayList<>()).add(point);
            }
          }
        }
      }
    }
  }

  private static WroughtException unreadable(SQLException failure) {
    return new WroughtException(
        ErrorCode.UNAVAILABLE,
        "the evaluation store cannot be read: " + failure.getMessage(),
        failure);
  }
}
