package dev.wrought.cli.command;

import dev.wrought.cli.client.RunWatch;
import dev.wrought.cli.client.Services;
import dev.wrought.cli.terminal.Json;
import dev.wrought.cli.terminal.Terminal;
import dev.wrought.cli.view.RunEnding;
import dev.wrought.cli.view.TrainingView;
import dev.wrought.core.error.ExitCode;
import dev.wrought.proto.trainer.v1.Run;

/**
 * Watches a run for a verb. Ctrl-C ends the watching, never the run: it says that the run goes on
 * and how to stop it.
 */
final class Watcher {
  private final Common common;
  private final Services services;

  Watcher(Common common, Services services) {
    this.common = common;
    this.services = services;
  }

  /**
   * Blocks until the run has ended and prints it.
   *
   * @param fromEpoch the first start of the run that is told of; 0: all
   * @param events print each event to stdout as JSON
   */
  ExitCode watch(Run run, int fromEpoch, boolean events) throws InterruptedException {
    Terminal terminal = common.terminal();
    PartingWords left = PartingWords.prepared(terminal, goesOn(run));
    Run ended;
    try (TrainingView view = new TrainingView(terminal, run.getName())) {
      ended =
          new RunWatch(services, run.getUid(), fromEpoch)
              .toEnd(event -> {
                if (events) {
                  terminal.text(Json.line(Json.of(event)) + "\n");
                } else {
                  view.show(event);
                }
              });
    }
    left.close();
    finish(ended, events);
    return RunEnding.code(ended);
  }

  private void finish(Run run, boolean events) {
    if (common.json && !events) {
      common.print(run);
    }
    common.terminal().note(RunEnding.summary(run));
    if (!run.getCheckpoint().isEmpty()) {
      if (!common.json) {
        common.terminal().result(run.getCheckpoint());
      }
      common.suggest(
          "./wrought generate --model run:%s 'Once upon a time'".formatted(run.getName()),
          "let it write");
    }
    if (RunEnding.code(run) != ExitCode.OK) {
      common.suggest("./wrought runs resume " + run.getName(), "goes on from its last checkpoint");
    }
  }

  private static String goesOn(Run run) {
    return """

    no longer watching; the run goes on
    watch it again: ./wrought runs show %1$s --follow
    stop it:        ./wrought runs stop %1$s\
    """
        .formatted(run.getName());
  }
}
