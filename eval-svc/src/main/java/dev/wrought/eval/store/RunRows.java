package dev.wrought.eval.store;

import dev.wrought.proto.events.v1.RunRef;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rows of the runs that a batch speaks of. Each column is a minimum or maximum over the run's
 * events, so that their order does not matter.
 */
final class RunRows {
  private RunRows() {}

  /** What a batch says of one run as a whole. */
  private record Facts(
      String name, long firstTime, long lastTime, int epoch, double parameters, String recipe) {
    private static Facts of(Arrival arrival, RunRef run) {
      long time = arrival.time().toEpochMilli();
      double parameters = 0;
      String recipe = "";
      if (arrival instanceof Arrival.Lifecycle change) {
        parameters =
            Double.isFinite(change.body().getParameters()) ? change.body().getParameters() : 0;
        recipe = change.body().getRecipe();
      }
      return new Facts(run.getRun(), time, time, run.getEpoch(), parameters, recipe);
    }

    private Facts and(Facts other) {
      return new Facts(
          name,
          Math.min(firstTime, other.firstTime),
          Math.max(lastTime, other.lastTime),
          Math.max(epoch, other.epoch),
          Math.max(parameters, other.parameters),
          recipe.compareTo(other.recipe) >= 0 ? recipe : other.recipe);
    }
  }

  /** Makes or updates the rows; returns the id of each run's uid. */
  static Map<String, Long> merge(Connection connection, List<Arrival> arrivals)
      throws SQLException {
    Map<String, Facts> facts = new HashMap<>();
    for (Arrival arrival : arrivals) {
      runOf(arrival)
          .ifPresent(run -> facts.merge(run.getRunUid(), Facts.of(arrival, run), Facts::and));
    }
    Map<String, Long> ids = new HashMap<>();
    for (Map.Entry<String, Facts> each : facts.entrySet()) {
      ids.put(each.getKey(), merge(connection, each.getKey(), each.getValue()));
    }
    return ids;
  }

  private static Optional<RunRef> runOf(Arrival arrival) {
    return switch (arrival) {
      case Arrival.Step step -> Optional.of(step.body().getRun());
      case Arrival.Validation validation -> Optional.of(validation.body().getRun());
      case Arrival.Checkpoint checkpoint -> Optional.of(checkpoint.body().getRun());
      case Arrival.Lifecycle lifecycle -> Optional.of(lifecycle.body().getRun());
      case Arrival.Gap gap -> Optional.of(gap.body().getRun());
      case Arrival.Poison _ -> Optional.empty();
    };
  }

  private static long merge(Connection connection, String uid, Facts facts) throws SQLException {
    Sql.update(
        connection,
        """
        insert into run (run_uid, name, first_time, last_time, epoch, parameters, recipe)
        values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing\
        """,
        uid,
        facts.name,
        facts.firstTime,
        facts.lastTime,
        facts.epoch,
        facts.parameters,
        facts.recipe);
    Sql.update(
        connection,
        """
        update run set first_time = least(first_time, ?), last_time = greatest(last_time, ?),
          epoch = greatest(epoch, ?), parameters = greatest(parameters, ?),
          recipe = greatest(recipe, ?)
        where run_uid = ?\
        """,
        facts.firstTime,
        facts.lastTime,
        facts.epoch,
        facts.parameters,
        facts.recipe,
        uid);
    return Sql.first(
            connection, "select run_id from run where run_uid = ?", row -> row.getLong(1), uid)
        .orElseThrow();
  }
}
