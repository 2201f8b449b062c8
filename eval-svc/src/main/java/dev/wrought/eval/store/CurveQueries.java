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
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
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
   * Curves as they were at one moment.
   *
   * @param position all that came until there is in them, and nothing that came later
   */
  public record Snapshot(Map<CurveMetric, List<CurvePoint>> curves, FeedPosition position) {
    /** The points of a curve from left to right. */
    public List<CurvePoint> of(CurveMetric metric) {
      return curves.getOrDefault(metric, List.of());
    }
  }

  /**
   * A run's curves, each downsampled so that its peaks stay.
   *
   * @param maxPoints of each curve, at least 4
   * @throws WroughtException UNAVAILABLE
   */
  public Snapshot curves(long runId, Set<CurveMetric> metrics, int maxPoints) {
    Map<CurveMetric, List<CurvePoint>> curves = new EnumMap<>(CurveMetric.class);
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      FeedPosition now = CurveNews.position(connection);
      for (CurveSource source : CurveSource.all()) {
        List<CurveMetric> wanted = source.metricsOf(metrics);
        if (!wanted.isEmpty()) {
          Selection selection = new Selection(source, runId, wanted, now.number());
          curves.putAll(downsampled(connection, selection, maxPoints));
        }
      }
      connection.commit();
      return new Snapshot(curves, now);
    } catch (SQLException failure) {
      throw unreadable(failure);
    }
  }

  /**
   * Gives every point of a curve, from left to right.
   *
   * @throws WroughtException UNAVAILABLE
   */
  public void walk(long runId, CurveMetric metric, Consumer<CurvePoint> points) {
    try (Connection connection = database.getConnection()) {
      for (CurveSource source : CurveSource.all()) {
        List<CurveMetric> wanted = source.metricsOf(Set.of(metric));
        if (!wanted.isEmpty()) {
          Selection selection = new Selection(source, runId, wanted, Long.MAX_VALUE);
          walk(connection, selection, (_, point) -> points.accept(point));
        }
      }
    } catch (SQLException failure) {
      throw unreadable(failure);
    }
  }

  /** Which rows, and what to read of them. @param until the last feed number */
  private record Selection(
      CurveSource source, long runId, Collection<CurveMetric> metrics, long until) {
    private String from() {
      return " from " + source.table() + " where run_id = ? and feed <= ?";
    }
  }

  private static Map<CurveMetric, List<CurvePoint>> downsampled(
      Connection connection, Selection selection, int maxPoints) throws SQLException {
    long rows =
        Sql.first(
                connection,
                "select count(*)" + selection.from(),
                row -> row.getLong(1),
                selection.runId,
                selection.until)
            .orElseThrow();
    Map<CurveMetric, Downsampling> samplings = new EnumMap<>(CurveMetric.class);
    selection.metrics.forEach(metric -> samplings.put(metric, new Downsampling(rows, maxPoints)));
    walk(
        connection,
        selection,
        (metric, point) ->
            samplings.computeIfPresent(metric, (_, sampling) -> sampling.add(point)));
    Map<CurveMetric, List<CurvePoint>> result = new EnumMap<>(CurveMetric.class);
    samplings.forEach((metric, sampling) -> result.put(metric, sampling.points()));
    return result;
  }

  private static void walk(
      Connection connection, Selection selection, BiConsumer<CurveMetric, CurvePoint> points)
      throws SQLException {
    String sql = "select *" + selection.from() + " order by step, epoch";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setFetchSize(ROWS_AT_A_TIME);
      Sql.bind(statement, selection.runId, selection.until);
      try (ResultSet row = statement.executeQuery()) {
        fold(row, selection.metrics, points);
      }
    }
  }

  /** Rows come by step and epoch, so the last of a step is the highest epoch's. */
  private static void fold(
      ResultSet row, Collection<CurveMetric> metrics, BiConsumer<CurveMetric, CurvePoint> points)
      throws SQLException {
    Map<CurveMetric, CurvePoint> pending = new EnumMap<>(CurveMetric.class);
    int step = Integer.MIN_VALUE;
    while (row.next()) {
      if (row.getInt("step") != step) {
        pending.forEach(points);
        pending.clear();
        step = row.getInt("step");
      }
      for (CurveMetric metric : metrics) {
        CurvePoint point = CurveSource.point(row, metric.read(row));
        if (Double.isFinite(point.value())) {
          pending.put(metric, point);
        } else {
          pending.remove(metric);
        }
      }
    }
    pending.forEach(points);
  }

  static WroughtException unreadable(SQLException failure) {
    return new WroughtException(
        ErrorCode.UNAVAILABLE,
        "the evaluation store cannot be read: " + failure.getMessage(),
        failure);
  }
}
