package dev.wrought.eval.store;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.proto.events.v1.EvaluationResult;
import dev.wrought.proto.events.v1.RunRef;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** Evaluation results in the order of their commits. */
@ApplicationScoped
public class EvaluationQueries {
  private static final String SELECT =
      "select e.*, r.run_uid, r.name from evaluation e join run r on r.run_id = e.run_id ";

  private final DataSource database;

  @Inject
  public EvaluationQueries(DataSource database) {
    this.database = database;
  }

  /** A result, and the feed number to ask with for those after it. */
  public record Stored(long feed, EvaluationResult result) {}

  /**
   * Results after a feed number, in order.
   *
   * @param run a name or uid; empty: all runs
   */
  public List<Stored> after(long feed, String run, int limit) {
    try (Connection connection = database.getConnection()) {
      return Sql.list(
          connection,
          SELECT + "where e.feed > ? and ? in ('', r.run_uid, r.name) order by e.feed limit ?",
          EvaluationQueries::read,
          feed,
          run,
          limit);
    } catch (SQLException failure) {
      throw new WroughtException(
          ErrorCode.UNAVAILABLE,
          "the evaluation store cannot be read: " + failure.getMessage(),
          failure);
    }
  }

  private static Stored read(ResultSet row) throws SQLException {
    EvaluationResult.Builder result =
        EvaluationResult.newBuilder()
            .setRun(
                RunRef.newBuilder()
                    .setRunUid(row.getString("run_uid"))
                    .setRun(row.getString("name"))
                    .setEpoch(row.getInt("epoch")))
            .setStep(row.getInt("step"))
            .setTask(row.getString("task"))
            .setMetric(row.getString("metric"))
            .setItems(row.getDouble("items"))
            .setItemsTotal(row.getDouble("items_total"))
            .setHigherIsBetter(row.getBoolean("higher_is_better"))
            .setNonFinite(row.getBoolean("non_finite"))
            .setTotalTokens(row.getDouble("total_tokens"))
            .setCheckpointDigest(row.getString("checkpoint_digest"));
    double value = Sql.number(row, "metric_value");
    if (!Double.isNaN(value)) {
      result.setValue(value);
    }
    double standardError = Sql.number(row, "standard_error");
    if (!Double.isNaN(standardError)) {
      result.setStandardError(standardError);
    }
    return new Stored(row.getLong("feed"), result.build());
  }
}
