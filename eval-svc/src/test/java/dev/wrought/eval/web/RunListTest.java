package dev.wrought.eval.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.wrought.core.event.CloudEvent;
import dev.wrought.eval.ingest.BrokerState;
import dev.wrought.eval.ingest.TestRecords;
import dev.wrought.eval.store.EventStore;
import dev.wrought.eval.store.Feed;
import dev.wrought.eval.store.RunQueries;
import dev.wrought.eval.store.TestDatabase;
import dev.wrought.eval.store.TestEvents;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunListTest {
  private final TestDatabase database = new TestDatabase();
  private final Feed feed = new Feed();
  private final EventStore store = new EventStore(database.dataSource(), feed);
  private final RunList list =
      new RunList(
          new RunQueries(database.dataSource()),
          new BrokerState(),
          feed,
          new ObjectMapper().registerModule(new Jdk8Module()));

  @Test
  void now_betweenTwoCommits_isAskedForOnce() throws SQLException {
    commit(1, 3);
    RunList.Now first = list.now();
    assertEquals(3, first.runs().size());
    assertSame(first, list.now());
    assertSame(list.text(), list.text());
    commit(4, 4);
    assertNotSame(first, list.now());
    assertEquals(4, list.now().runs().size());
    assertTrue(list.text().contains("run-4"), list.text());
  }

  @Test
  void now_ofManyRuns_isTheNewest() throws SQLException {
    commit(1, 205);
    assertEquals(200, list.now().runs().size());
    assertEquals("uid-205", list.now().runs().getFirst().uid());
    assertEquals("uid-6", list.now().runs().getLast().uid());
  }

  /** A step of each run: of the later ones at a later time. */
  private void commit(int first, int last) throws SQLException {
    List<CloudEvent> events =
        IntStream.rangeClosed(first, last)
            .mapToObj(i -> {
              TestEvents run = new TestEvents("uid-" + i, "run-" + i);
              return run.event(run.step(1, i));
            })
            .toList();
    store.commit(TestRecords.arrivals(events, first), List.of());
  }
}
