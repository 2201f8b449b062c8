package dev.wrought.eval.web;

import dev.wrought.eval.ingest.BrokerState;
import dev.wrought.eval.store.RunQueries;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** The list of runs as the page shows it, and whether anything new can come. */
@ApplicationScoped
public class RunList {
  private final RunQueries runs;
  private final BrokerState broker;

  @Inject
  public RunList(RunQueries runs, BrokerState broker) {
    this.runs = runs;
    this.broker = broker;
  }

  /**
   * All there is.
   *
   * @param runs newest first
   * @param source where events come from
   */
  record Now(List<RunJson> runs, BrokerState.Snapshot source) {}

  Now now() {
    return new Now(runs.list().stream().map(RunJson::of).toList(), broker.now());
  }
}
