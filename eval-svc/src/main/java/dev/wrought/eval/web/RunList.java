package dev.wrought.eval.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrought.eval.ingest.BrokerState;
import dev.wrought.eval.store.Feed;
import dev.wrought.eval.store.RunQueries;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/**
 * The list of runs as the page shows it, and whether anything new can come. Asked for once a
 * commit, however many watch. Thread-safe.
 */
@ApplicationScoped
public class RunList {
  private static final int MOST_RUNS = 200;

  private final RunQueries runs;
  private final BrokerState broker;
  private final Feed feed;
  private final ObjectMapper json;
  private long commits = -1;
  private Now last = new Now(List.of(), new BrokerState.Snapshot(false, "", -1));
  private String text = "";

  @Inject
  public RunList(RunQueries runs, BrokerState broker, Feed feed, ObjectMapper json) {
    this.runs = runs;
    this.broker = broker;
    this.feed = feed;
    this.json = json;
  }

  /**
   * What there is.
   *
   * @param runs the newest {@value RunList#MOST_RUNS}, newest first
   * @param source where events come from
   */
  record Now(List<RunJson> runs, BrokerState.Snapshot source) {}

  synchronized Now now() {
    refresh();
    return last;
  }

  /** The same as JSON. */
  synchronized String text() {
    refresh();
    return text;
  }

  private void refresh() {
    long seen = feed.commits();
    BrokerState.Snapshot source = broker.now();
    if (seen == commits && source.equals(last.source())) {
      return;
    }
    last = new Now(runs.list(MOST_RUNS).stream().map(RunJson::of).toList(), source);
    commits = seen;
    try {
      text = json.writeValueAsString(last);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("records of ours are always JSON", impossible);
    }
  }
}
