package dev.wrought.eval.store;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.eval.store.RunView.HeldOut;
import dev.wrought.eval.store.RunView.Progress;
import dev.wrought.eval.store.RunView.State;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import javax.sql.DataSource;

/** The runs, as their events tell them. */
@ApplicationScoped
public class RunQueries {
  private static final int PACE_STEPS = 100;

  private final DataSource database;

  @Inject
  public RunQueries(DataSource database) {
    this.database = database;
  }

  /** All runs, newest first. */
  public List<RunView> list() {
    return list(Integer.MAX_VALUE);
  }

  /** The newest runs, newest first. */
  public List<RunView> list(int most) {
    return read("select * from run order by first_time desc, run_id desc limit ?", most);
  }

  /**
   * The run with this uid, or else the newest one of this name.
   *
   * @throws WroughtException NOT_FOUND
   */
  public RunView find(String uidOrName) {
    return read(
            """
            select * from run where run_uid = ? or name = ?
            order by case when run_uid = ? then 0 else 1 end, first_time desc, run_id desc
            limit 1\
            """,
            uidOrName,
            uidOrName,
            uidOrName)
        .stream()
        .findFirst()
        .orElseThrow(() ->
            new WroughtException(
                ErrorCode.NOT_FOUND,
                "no event of a run \"%s\" has arrived so far".formatted(uidOrName)));
  }

  private List<RunView> read(String sql, Object... parameters) {
    try (Connection connection = database.getConnection()) {
      List<RunView> result = new ArrayList<>();
      for (Row row : Sql.list(connection, sql, Row::read, parameters)) {
        result.add(row.complete(connection));
      }
      return result;
    } catch (SQLException failure) {
      throw new WroughtException(
          ErrorCode.UNAVAILABLE,
          "the evaluation store cannot be read: " + failure.getMessage(),
          failure);
    }
  }

  /** A row of the table of runs. */
  private record Row(
      long id,
      String uid,
      String name,
      long firstTime,
      long lastTime,
      int epoch,
      double parameters) {
    private static Row read(ResultSet row) throws SQLException {
      return new Row(
          row.getLong("run_id"),
          row.getString("run_uid"),
          row.getString("name"),
          row.getLong("first_time"),
          row.getLong("last_time"),
          row.getInt("epoch"),
          row.getDouble("parameters"));
    }

    private RunView complete(Connection connection) throws SQLException {
      return new RunView(
          id,
          uid,
          name,
          Instant.ofEpochMilli(firstTime),
          Instant.ofEpochMilli(lastTime),
          epoch,
          parameters,
          state(connection).orElse(State.UNKNOWN),
          newest(connection, "step", row -> progress(connection, id, row)),
          newest(connection, "validation", RunQueries::heldOut));
    }

    private Optional<State> state(Connection connection) throws SQLException {
      return Sql.first(
          connection,
          """
          select state, reason, message from lifecycle where run_id = ?
          order by epoch desc, change_no desc, event_time desc limit 1\
          """,
          row -> new State(row.getString(1), row.getString(2), row.getString(3)),
          id);
    }

    /** The last row of the newest epoch, or of any while that one has none. */
    private <T> Optional<T> newest(Connection connection, String table, Sql.RowReader<T> reader)
        throws SQLException {
      String select = "select * from " + table + " where run_id = ? ";
      Optional<T> ofEpoch =
          Sql.first(
              connection,
              select + "and epoch = ? order by run_id, epoch, step desc limit 1",
              reader,
              id,
              epoch);
      return ofEpoch.isPresent()
          ? ofEpoch
          : Sql.first(
              connection, select + "order by run_id, epoch desc, step desc limit 1", reader, id);
    }
  }

  private static Progress progress(Connection connection, long runId, ResultSet row)
      throws SQLException {
    double loss = Sql.number(row, "loss");
    return new Progress(
        row.getInt("step"),
        row.getInt("planned_steps"),
        Double.isNaN(loss) ? OptionalDouble.empty() : OptionalDouble.of(loss),
        row.getDouble("step_tokens"),
        row.getDouble("total_tokens"),
        row.getDouble("tokens_per_second"),
        secondsPerStep(connection, runId, row.getInt("step"), row.getInt("epoch")));
  }

  /** The mean over the last steps of one start; the clock of the trainer. */
  private static OptionalDouble secondsPerStep(
      Connection connection, long runId, int step, int epoch) throws SQLException {
    double seconds =
        Sql.first(
                connection,
                """
                select (max(event_time) - min(event_time)) / 1000.0
                  / nullif(max(step) - min(step), 0) as seconds
                from step where run_id = ? and step > ? and step <= ? and epoch = ?\
                """,
                row -> Sql.number(row, "seconds"),
                runId,
                step - PACE_STEPS,
                step,
                epoch)
            .orElse(Double.NaN);
    return Double.isNaN(seconds) ? OptionalDouble.empty() : OptionalDouble.of(seconds);
  }

  private static HeldOut heldOut(ResultSet row) throws SQLException {
    return new HeldOut(
        row.getInt("step"),
        Sql.number(row, "nats"),
        row.getDouble("tokens"),
        row.getDouble("bytes"));
  }
}
