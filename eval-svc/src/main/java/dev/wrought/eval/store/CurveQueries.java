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
  /** What the database may hold of a long run's rows at a time. */
  private static final int PAGE = 2_000;

  private static final int DONE = -1;

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
      CurveSource source, long runId, Collection<CurveMetric> metrics, long until) {}

  private static Map<CurveMetric, List<CurvePoint>> downsampled(
      Connection connection, Selection selection, int maxPoints) throws SQLException {
    long rows =
        Sql.first(
                connection,
                "select count(*) from %s where run_id = ?".formatted(selection.source.table()),
                row -> row.getLong(1),
                selection.runId)
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

  /**
   * Gives the points of a selection, a page of rows at a time. The statement is such that H2 takes
   * the rows from the primary key in its order, and no more of them than a page; a condition on
   * feed numbers would make it take and sort all.
   */
  private static void walk(
      Connection connection, Selection selection, BiConsumer<CurveMetric, CurvePoint> points)
      throws SQLException {
    String sql =
        "select * from %s where run_id = ? and step >= ? order by run_id, step, epoch limit ?"
            .formatted(selection.source.table());
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int step = 0;
      while (step != DONE) {
        Sql.bind(statement, selection.runId, step, PAGE);
        try (ResultSet row = statement.executeQuery()) {
          step = fold(row, step, selection, points);
        }
      }
    }
  }

  /**
   * Gives a page's points. Rows come by step and epoch, so the last of a step is the highest
   * epoch's.
   *
   * @param first the page's first step
   * @return the step to read on from, which the page may have cut in two; or {@link #DONE}
   */
  private static int fold(
      ResultSet row, int first, Selection selection, BiConsumer<CurveMetric, CurvePoint> points)
      throws SQLException {
    Map<CurveMetric, CurvePoint> pending = new EnumMap<>(CurveMetric.class);
    int step = first;
    int rows = 0;
    for (; row.next(); rows++) {
      if (row.getInt("step") != step) {
        pending.forEach(points);
        pending.clear();
        step = row.getInt("step");
      }
      if (row.getLong("feed") <= selection.until) {
        replace(pending, row, selection.metrics);
      }
    }
    if (rows == PAGE && step > first) {
      return step;
    }
    pending.forEach(points);
    return rows == PAGE ? step + 1 : DONE;
  }

  /** Puts a row's points in the place of those of an older epoch. */
  private static void replace(
      Map<CurveMetric, CurvePoint> pending, ResultSet row, Collection<CurveMetric> metrics)
      throws SQLException {
    CurvePoint place = CurveSource.place(row);
    for (CurveMetric metric : metrics) {
      double value = metric.read(row);
      if (Double.isFinite(value)) {
        pending.put(metric, place.with(value));
      } else {
        pending.remove(metric);
      }
    }
  }

  static WroughtException unreadable(SQLException failure) {
    return new WroughtException(
        ErrorCode.UNAVAILABLE,
        "the evaluation store cannot be read: " + failure.getMessage(),
        failure);
  }
}
