package dev.wrought.eval.store;

import dev.wrought.eval.loss.CurvePoint;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * A table whose rows are points of curves: each has a run, a step, an epoch and a feed number.
 *
 * @param metrics what can be read from its rows
 */
record CurveSource(String table, Set<CurveMetric> metrics) {
  private static final List<CurveSource> ALL =
      List.of(
          new CurveSource("step", CurveMetric.ofSteps()),
          new CurveSource("validation", CurveMetric.ofValidations()));

  static List<CurveSource> all() {
    return ALL;
  }

  List<CurveMetric> metricsOf(Collection<CurveMetric> wanted) {
    return metrics.stream().filter(wanted::contains).sorted().toList();
  }

  /** A row's point but for its value. */
  static CurvePoint place(ResultSet row) throws SQLException {
    return new CurvePoint(
        row.getInt("step"),
        row.getInt("epoch"),
        row.getDouble("total_tokens"),
        row.getLong("event_time"),
        Double.NaN);
  }
}
