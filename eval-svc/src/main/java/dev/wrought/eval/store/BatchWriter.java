package dev.wrought.eval.store;

import dev.wrought.proto.events.v1.CheckpointPublished;
import dev.wrought.proto.events.v1.EvaluationResult;
import dev.wrought.proto.events.v1.EventGap;
import dev.wrought.proto.events.v1.LifecycleChanged;
import dev.wrought.proto.events.v1.RunRef;
import dev.wrought.proto.events.v1.TrainingStep;
import dev.wrought.proto.events.v1.ValidationResult;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Writes one batch within a transaction that its caller commits: one method a kind of event. */
final class BatchWriter implements AutoCloseable {
  private final Connection connection;
  private final PreparedStatement steps;
  private final OutboxRows outbox;
  private final EvaluationRows evaluations;
  private Map<String, Long> runIds = Map.of();
  private long feed;

  BatchWriter(Connection connection) throws SQLException {
    this.connection = connection;
    this.outbox = new OutboxRows(connection);
    this.evaluations = new EvaluationRows(connection, outbox);
    this.steps =
        connection.prepareStatement(
            """
            insert into step (run_id, step, epoch, feed, event_time, loss, learning_rate,
              gradient_norm, step_tokens, total_tokens, tokens_per_second, mfu, data_wait,
              planned_steps)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing\
            """);
  }

  void write(List<Arrival> arrivals) throws SQLException {
    // The lock makes feed numbers appear in the order in which they were given.
    feed =
        Sql.first(connection, "select last_number from feed for update", row -> row.getLong(1))
            .orElseThrow();
    runIds = RunRows.merge(connection, arrivals);
    for (Arrival arrival : arrivals) {
      feed++;
      switch (arrival) {
        case Arrival.Step step -> onStep(step);
        case Arrival.Validation validation -> onValidation(validation);
        case Arrival.Checkpoint checkpoint -> onCheckpoint(checkpoint);
        case Arrival.Lifecycle lifecycle -> onLifecycle(lifecycle);
        case Arrival.Gap gap -> onGap(gap);
        case Arrival.Poison poison -> outbox.add(poison.origin(), DeadLetters.event(poison));
      }
    }
    steps.executeBatch();
    Sql.update(connection, "update feed set last_number = ?", feed);
  }

  private void onStep(Arrival.Step arrival) throws SQLException {
    TrainingStep step = arrival.body();
    Sql.bind(
        steps,
        runId(step.getRun()),
        step.getStep(),
        step.getRun().getEpoch(),
        feed,
        arrival.time().toEpochMilli(),
        step.hasLoss() ? step.getLoss() : Double.NaN,
        step.getLearningRate(),
        step.hasGradientNorm() ? step.getGradientNorm() : Double.NaN,
        step.getStepTokens(),
        step.getTotalTokens(),
        step.getTokensPerSecond(),
        step.getMfu(),
        step.getDataWait(),
        step.getPlannedSteps());
    steps.addBatch();
  }

  private void onValidation(Arrival.Validation arrival) throws SQLException {
    ValidationResult result = arrival.body();
    int written =
        Sql.update(
            connection,
            """
            insert into validation (run_id, step, epoch, dataset, feed, event_time, nats, tokens,
              bytes, total_tokens)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing\
            """,
            runId(result.getRun()),
            result.getStep(),
            result.getRun().getEpoch(),
            result.getDataset(),
            feed,
            arrival.time().toEpochMilli(),
            result.hasNats() ? result.getNats() : Double.NaN,
            result.getTokens(),
            result.getBytes(),
            result.getTotalTokens());
    if (written == 0) {
      return;
    }
    for (EvaluationResult number : HeldOutEvaluations.of(result)) {
      evaluations.add(arrival, runId(number.getRun()), ++feed, number);
    }
  }

  private void onCheckpoint(Arrival.Checkpoint arrival) throws SQLException {
    CheckpointPublished checkpoint = arrival.body();
    Sql.update(
        connection,
        """
        insert into checkpoint (run_id, step, epoch, feed, event_time, digest, location, size_bytes,
          loss, validation_loss, total_tokens)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing\
        """,
        runId(checkpoint.getRun()),
        checkpoint.getStep(),
        checkpoint.getRun().getEpoch(),
        feed,
        arrival.time().toEpochMilli(),
        checkpoint.getDigest(),
        checkpoint.getLocation(),
        checkpoint.getSizeBytes(),
        checkpoint.hasLoss() ? checkpoint.getLoss() : Double.NaN,
        checkpoint.hasValidationLoss() ? checkpoint.getValidationLoss() : Double.NaN,
        checkpoint.getTotalTokens());
  }

  private void onLifecycle(Arrival.Lifecycle arrival) throws SQLException {
    LifecycleChanged change = arrival.body();
    Sql.update(
        connection,
        """
        insert into lifecycle (event_id, run_id, epoch, change_no, feed, event_time, state, reason,
          message, step, inexact)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing\
        """,
        arrival.id(),
        runId(change.getRun()),
        change.getRun().getEpoch(),
        change.getChange(),
        feed,
        arrival.time().toEpochMilli(),
        change.getState(),
        change.getReason(),
        change.getMessage(),
        change.getStep(),
        change.getInexact());
  }

  private void onGap(Arrival.Gap arrival) throws SQLException {
    EventGap gap = arrival.body();
    Sql.update(
        connection,
        """
        insert into gap (event_id, run_id, epoch, feed, event_time, from_step, to_step, dropped)
        values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing\
        """,
        arrival.id(),
        runId(gap.getRun()),
        gap.getRun().getEpoch(),
        feed,
        arrival.time().toEpochMilli(),
        gap.getFromStep(),
        gap.getToStep(),
        gap.getDropped());
  }

  private long runId(RunRef run) {
    Long id = runIds.get(run.getRunUid());
    if (id == null) {
      throw new IllegalStateException("the run's row is made before its events': " + run);
    }
    return id;
  }

  @Override
  public void close() throws SQLException {
    steps.close();
  }
}
