package dev.wrought.eval.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.event.CloudEvent;
import dev.wrought.eval.ingest.TestRecords;
import dev.wrought.eval.loss.CurvePoint;
import dev.wrought.eval.store.CurveNews.News;
import dev.wrought.eval.store.CurveQueries.Snapshot;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CurveNewsTest {
  private static final TestEvents RUN = new TestEvents("0198-uid", "shakespeare");
  private static final TestEvents OTHER = new TestEvents("0199-uid", "kafka");

  private final TestDatabase database = new TestDatabase();
  private final EventStore store = new EventStore(database.dataSource(), new Feed());
  private final CurveNews news = new CurveNews(database.dataSource());
  private final RunQueries runs = new RunQueries(database.dataSource());

  @Test
  void after_fromPositionToPosition_givesEveryPointOnce() throws SQLException {
    FeedPosition start = news.now();
    commit(RUN, 1, 2_500);
    commit(OTHER, 1, 30);
    List<Integer> steps = new ArrayList<>();
    List<Integer> others = new ArrayList<>();
    FeedPosition end = drain(start, steps, others);
    assertEquals(numbers(1, 2_500), sorted(steps));
    assertEquals(numbers(1, 30), sorted(others));
    assertEquals(news.now(), end);
  }

  /** W3: a page takes the curve, then what comes after it. */
  @Test
  void after_theSnapshotsPosition_continuesWithoutGapOrDuplicate() throws SQLException {
    commit(RUN, 1, 100);
    long id = runs.find(RUN.run()).id();
    Snapshot snapshot =
        new CurveQueries(database.dataSource()).curves(id, EnumSet.of(CurveMetric.LOSS), 1_000);
    commit(RUN, 101, 180);
    List<Integer> steps =
        new ArrayList<>(snapshot.of(CurveMetric.LOSS).stream().map(CurvePoint::step).toList());
    commit(OTHER, 1, 1);
    drain(snapshot.position(), steps, new ArrayList<>());
    assertEquals(numbers(1, 180), steps);
  }

  @Test
  void isBefore_ofAnotherStoreOrALaterNumber_isFalse() throws SQLException {
    commit(RUN, 1, 10);
    FeedPosition here = news.now();
    assertTrue(here.isBefore(here));
    assertTrue(FeedPosition.parse(here.toString()).orElseThrow().isBefore(here));
    assertFalse(here.at(here.number() + 1).isBefore(here));
    assertFalse(new CurveNews(new TestDatabase().dataSource()).now().isBefore(here));
  }

  @Test
  void parse_ofSomethingElse_isEmpty() {
    for (String text : List.of("", ".", "7", ".7", "a.", "a.-1", "a.b", "a.9999999999999999999")) {
      assertTrue(FeedPosition.parse(text).isEmpty(), text);
    }
  }

  private FeedPosition drain(FeedPosition from, List<Integer> steps, List<Integer> others) {
    long run = runs.find(RUN.run()).id();
    long other = runs.find(OTHER.run()).id();
    FeedPosition position = from;
    while (true) {
      News found = news.after(List.of(run, other), position);
      found.points().getOrDefault(run, Map.of()).getOrDefault(CurveMetric.LOSS, List.of()).stream()
          .map(CurvePoint::step)
          .forEach(steps::add);
      found
          .points()
          .getOrDefault(other, Map.of())
          .getOrDefault(CurveMetric.LOSS, List.of())
          .stream()
          .map(CurvePoint::step)
          .forEach(others::add);
      if (found.position().equals(position)) {
        return position;
      }
      position = found.position();
    }
  }

  private void commit(TestEvents run, int first, int last) throws SQLException {
    List<CloudEvent> events = new ArrayList<>();
    for (int step = first; step <= last; step++) {
      events.add(run.event(run.step(1, step)));
    }
    store.commit(TestRecords.arrivals(events, 0), List.of());
  }

  private static List<Integer> numbers(int first, int last) {
    return IntStream.rangeClosed(first, last).boxed().toList();
  }

  private static List<Integer> sorted(List<Integer> numbers) {
    List<Integer> copy = new ArrayList<>(numbers);
    Collections.sort(copy);
    return copy;
  }
}
