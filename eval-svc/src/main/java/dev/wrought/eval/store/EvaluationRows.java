package dev.wrought.eval.store;

import dev.wrought.core.event.CloudEvent;
import dev.wrought.core.event.EventIds;
import dev.wrought.core.event.EventType;
import dev.wrought.core.event.Topics;
import dev.wrought.edge.kafka.EventJson;
import dev.wrought.proto.events.v1.EvaluationResult;
import dev.wrought.proto.events.v1.RunRef;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Optional;

/**
 * Numbers about models: kept, published once each, and the newest of a run's name, task and metric
 * published again on the compacted topic. Newest is the highest epoch and step of a run; of two
 * runs with one name, the later one's. A late event of an older step never replaces a newer one
 * there.
 */
final class EvaluationRows {
  private final Connection connection;
  private final OutboxRows outbox;

  EvaluationRows(Connection connection, OutboxRows outbox) {
    this.connection = connection;
    this.outbox = outbox;
  }

  /** How new the number is that the compacted topic holds. */
  private record Age(long runId, int epoch, int step, long time) {
    private static final Comparator<Age> WITHIN_A_RUN =
        Comparator.comparingInt(Age::epoch).thenComparingInt(Age::step);

    private boolean isNewerThan(Age other) {
      return runId == other.runId ? WITHIN_A_RUN.compare(this, other) > 0 : time > other.time;
    }
  }

  /** Adds a number that follows from an arrival, unless it is there. */
  void add(Arrival.Validation cause, long runId, long feed, EvaluationResult number)
      throws SQLException {
    RunRef run = number.getRun();
    String name = number.getTask() + "/" + number.getMetric();
    CloudEvent event =
        new CloudEvent(
            EventIds.of(
                run.getRunUid(),
                run.getEpoch(),
                number.getStep(),
                EventType.EVALUATION,
                cause.body().getDataset() + "/" + name),
            CloudEvent.sourceOf(run.getRunUid()),
            EventType.EVALUATION.type(),
            cause.time(),
            run.getRun(),
            run.getRun(),
            Topics.EVALUATION,
            EventJson.write(number));
    if (insert(event, runId, feed, number) == 0) {
      return;
    }
    outbox.add(cause.origin(), event);
    Age age = new Age(runId, run.getEpoch(), number.getStep(), cause.time().toEpochMilli());
    if (becomesLatest(age, number)) {
      String key = run.getRun() + "/" + name;
      outbox.add(cause.origin(), onTopic(event, Topics.EVALUATION_LATEST, key));
    }
  }

  private int insert(CloudEvent event, long runId, long feed, EvaluationResult number)
      throws SQLException {
    return Sql.update(
        connection,
        """
        insert into evaluation (event_id, run_id, step, epoch, feed, event_time, task, metric,
          metric_value, standard_error, items, items_total, higher_is_better, non_finite,
          total_tokens, checkpoint_digest)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing\
        """,
        event.id(),
        runId,
        number.getStep(),
        number.getRun().getEpoch(),
        feed,
        event.time().toEpochMilli(),
        number.getTask(),
        number.getMetric(),
        number.hasValue() ? number.getValue() : Double.NaN,
        number.hasStandardError() ? number.getStandardError() : Double.NaN,
        number.getItems(),
        number.getItemsTotal(),
        number.getHigherIsBetter(),
        number.getNonFinite(),
        number.getTotalTokens(),
        number.getCheckpointDigest());
  }

  private boolean becomesLatest(Age age, EvaluationResult number) throws SQLException {
    String name = number.getRun().getRun();
    Optional<Age> before =
        Sql.first(
            connection,
            """
            select run_id, epoch, step, event_time from latest
            where name = ? and task = ? and metric = ?\
            """,
            row -> new Age(row.getLong(1), row.getInt(2), row.getInt(3), row.getLong(4)),
            name,
            number.getTask(),
            number.getMetric());
    if (before.isPresent() && !age.isNewerThan(before.get())) {
      return false;
    }
    Sql.update(
        connection,
        before.isPresent()
            ? """
            update latest set run_id = ?, epoch = ?, step = ?, event_time = ?
            where name = ? and task = ? and metric = ?\
            """
            : """
            insert into latest (run_id, epoch, step, event_time, name, task, metric)
            values (?, ?, ?, ?, ?, ?, ?)\
            """,
        age.runId,
        age.epoch,
        age.step,
        age.time,
        name,
        number.getTask(),
        number.getMetric());
    return true;
  }

  private static CloudEvent onTopic(CloudEvent event, String topic, String key) {
    return new CloudEvent(
        event.id(),
        event.source(),
        event.type(),
        event.time(),
        event.subject(),
        key,
        topic,
        event.data());
  }
}
