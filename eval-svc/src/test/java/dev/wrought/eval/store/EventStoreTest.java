package dev.wrought.eval.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.event.CloudEvent;
import dev.wrought.core.event.Topics;
import dev.wrought.eval.ingest.TestRecords;
import dev.wrought.eval.loss.CurvePoint;
import dev.wrought.eval.loss.HeldOutMetric;
import dev.wrought.eval.store.Arrival.Position;
import dev.wrought.eval.store.Outbox.Letter;
import dev.wrought.eval.store.Outbox.Post;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventStoreTest {
  private static final TestEvents RUN = new TestEvents("0198-uid", "shakespeare");

  private final TestDatabase database = new TestDatabase();
  private final EventStore store = new EventStore(database.dataSource(), new Feed());
  private final Outbox outbox = new Outbox(database.dataSource());

  @Test
  void commit_ofEventsThreeTimesAndInAnyOrder_endsInTheSameState() throws SQLException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    commit(store, arrivals(RUN.interruptedRun()), 50);
    for (int attempt = 0; attempt < 5; attempt++) {
      List<CloudEvent> shuffled = new ArrayList<>();
      for (int copy = 0; copy < 3; copy++) {
        shuffled.addAll(RUN.interruptedRun());
      }
      Collections.shuffle(shuffled, random);
      TestDatabase other = new TestDatabase();
      commit(
          new EventStore(other.dataSource(), new Feed()),
          arrivals(shuffled),
          1 + random.nextInt(60));
      assertEquals(database.contents(), other.contents(), "seed " + seed);
      assertEquals(published(outbox), published(new Outbox(other.dataSource())), "seed " + seed);
    }
  }

  @Test
  void commit_ofAValidation_putsEachNumberInTheOutboxOnce() throws SQLException {
    commit(store, arrivals(RUN.interruptedRun()), 50);
    List<String> ids =
        outbox.oldest(10_000).letters().stream()
            .map(Letter::event)
            .filter(event -> event.topic().equals(Topics.EVALUATION))
            .map(CloudEvent::id)
            .toList();
    assertEquals(12 * HeldOutMetric.values().length, ids.size());
    assertEquals(ids.size(), new HashSet<>(ids).size());
  }

  @Test
  void commit_ofALateOlderNumber_leavesTheLatestAlone() throws SQLException {
    commit(store, arrivals(List.of(RUN.event(RUN.validation(2, 50)))), 1);
    outbox.forget(outbox.oldest(100).positions());
    List<CloudEvent> late =
        List.of(RUN.event(RUN.validation(2, 40)), RUN.event(RUN.validation(1, 60)));
    store.commit(TestRecords.arrivals(late, 10), List.of());
    assertTrue(
        outbox.oldest(100).letters().stream()
            .noneMatch(letter -> letter.event().topic().equals(Topics.EVALUATION_LATEST)));
    assertEquals(List.of("2|50"), database.rows("select distinct epoch, step from latest"));
  }

  @Test
  void commit_thatFails_writesNothingAndMovesNoOffset() throws SQLException {
    List<Arrival> arrivals = arrivals(List.of(RUN.event(RUN.step(1, 1))));
    Position next = arrivals.getFirst().origin().next();
    database.execute("alter table next_offset add constraint refuse check (next_offset < 0)");
    assertThrows(SQLException.class, () -> store.commit(arrivals, List.of(next)));
    assertEquals(List.of("0"), database.rows("select count(*) from step"));
    assertEquals(0, store.nextOffset(next.topicId(), next.partition()));
    database.execute("alter table next_offset drop constraint refuse");
    store.commit(arrivals, List.of(next));
    assertEquals(List.of("1"), database.rows("select count(*) from step"));
    assertEquals(1, store.nextOffset(next.topicId(), next.partition()));
  }

  @Test
  void curves_ofARunThatWasResumed_showTheHighestEpochOfEachStep() throws SQLException {
    commit(store, arrivals(RUN.interruptedRun()), 50);
    RunView run = new RunQueries(database.dataSource()).find("shakespeare");
    List<CurvePoint> loss =
        new CurveQueries(database.dataSource())
            .curves(run.id(), EnumSet.of(CurveMetric.LOSS), 1_000)
            .of(CurveMetric.LOSS);
    assertEquals(100, loss.size());
    for (CurvePoint point : loss) {
      assertEquals(point.step() <= 40 ? 1 : 2, point.epoch(), point.toString());
    }
  }

  /** Longer than what is read at a time, and resumed where a page ends. */
  @Test
  void curves_ofALongRunThatWasResumed_haveEachStepOnce() throws SQLException {
    List<CloudEvent> events = new ArrayList<>();
    for (int step = 1; step <= 2_003; step++) {
      events.add(RUN.event(RUN.step(1, step)));
    }
    for (int step = 1_990; step <= 5_000; step++) {
      events.add(RUN.event(RUN.step(2, step)));
    }
    commit(store, arrivals(events), 1_000);
    long id = new RunQueries(database.dataSource()).find("shakespeare").id();
    List<CurvePoint> loss = new ArrayList<>();
    new CurveQueries(database.dataSource()).walk(id, CurveMetric.LOSS, loss::add);
    assertEquals(5_000, loss.size());
    for (int i = 0; i < loss.size(); i++) {
      assertEquals(i + 1, loss.get(i).step());
      assertEquals(i + 1 < 1_990 ? 1 : 2, loss.get(i).epoch());
    }
  }

  @Test
  void find_afterAWholeRun_tellsWhereItStands() throws SQLException {
    commit(store, arrivals(RUN.interruptedRun()), 50);
    RunView run = new RunQueries(database.dataSource()).find("0198-uid");
    assertEquals("SUCCEEDED", run.state().state());
    assertEquals(2, run.epoch());
    assertEquals(100, run.progress().orElseThrow().step());
    assertEquals(100, run.heldOut().orElseThrow().step());
    assertEquals(13_900_000, run.parameters());
  }

  @Test
  void oldest_atItsLimit_neverTearsApartWhatOneRecordCaused() throws SQLException {
    commit(store, arrivals(RUN.interruptedRun()), 50);
    int published = 0;
    for (Post post = outbox.oldest(8); !post.letters().isEmpty(); post = outbox.oldest(8)) {
      published += post.letters().size();
      outbox.forget(post.positions());
    }
    assertEquals(0, published % 3);
    assertTrue(published >= 36, "published " + published);
  }

  private static List<String> published(Outbox outbox) throws SQLException {
    return outbox.oldest(10_000).letters().stream()
        .map(Letter::event)
        .filter(event -> event.topic().equals(Topics.EVALUATION))
        .map(event -> event.id() + " " + event.data())
        .sorted()
        .toList();
  }

  private static void commit(EventStore store, List<Arrival> arrivals, int batch)
      throws SQLException {
    for (int i = 0; i < arrivals.size(); i += batch) {
      List<Arrival> part = arrivals.subList(i, Math.min(i + batch, arrivals.size()));
      store.commit(part, List.of(part.getLast().origin().next()));
    }
  }

  private static List<Arrival> arrivals(List<CloudEvent> events) {
    return TestRecords.arrivals(events, 0);
  }
}
