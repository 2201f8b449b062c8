package dev.wrought.cli.demo;

import dev.wrought.cli.client.RunWatch;
import dev.wrought.cli.client.Services;
import dev.wrought.cli.terminal.Amounts;
import dev.wrought.cli.view.RunEnding;
import dev.wrought.cli.view.TrainingView;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.proto.trainer.v1.ListRunsRequest;
import dev.wrought.proto.trainer.v1.Run;
import dev.wrought.proto.trainer.v1.RunState;
import dev.wrought.proto.trainer.v1.SubmitRunRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Token shards to a model, by trainer-svc and its worker. */
record TrainingStage(Services services, Narration narration) {
  private static final String NAME = "demo";

  /**
   * Trains to the end.
   *
   * @param recipe the recipe for a run of a given name
   * @param started told of the run as soon as it is one
   */
  Trained run(UnaryOperator<String> recipe, Consumer<Run> started) throws InterruptedException {
    narration.stage("Training", "learns to say which token comes next, a step after a step");
    Run run = submit(recipe);
    started.accept(run);
    narration.keep("run %s (%s)".formatted(run.getName(), run.getDirectory()));
    run.getWarningsList().forEach(warning -> narration.say("warning: " + warning));
    StepTally tally = new StepTally();
    Run ended;
    try (TrainingView view = new TrainingView(narration.terminal(), run.getName())) {
      ended =
          new RunWatch(services, run.getUid(), 0)
              .toEnd(event -> {
                view.show(event);
                tally.add(event);
              });
    }
    check(ended);
    narration.say(RunEnding.summary(ended));
    narration.keep("checkpoint " + ended.getCheckpoint());
    return tally.trained(ended);
  }

  /** Under a name that no live run has: demo, demo-2, demo-3 ... */
  private Run submit(UnaryOperator<String> recipe) {
    Set<String> taken =
        services
            .trainer()
            .listRuns(ListRunsRequest.newBuilder().setLive(true).build())
            .getRunsList()
            .stream()
            .map(Run::getName)
            .collect(Collectors.toSet());
    for (int number = 1; ; number++) {
      String name = number == 1 ? NAME : NAME + "-" + number;
      if (taken.contains(name)) {
        continue;
      }
      try {
        return services
            .trainer()
            .submit(
                SubmitRunRequest.newBuilder()
                    .setRecipe(recipe.apply(name))
                    .setOrigin(DemoRecipe.FILE)
                    .build());
      } catch (StatusRuntimeException failure) {
        boolean justTaken = failure.getStatus().getCode() == Status.Code.ALREADY_EXISTS;
        if (!justTaken || number > taken.size() + 10) {
          throw failure;
        }
      }
    }
  }

  private static void check(Run run) {
    if (run.getState() != RunState.RUN_STATE_SUCCEEDED) {
      throw new TrainingFailed(RunEnding.code(run), unfinished(run));
    }
    if (run.getCheckpoint().isEmpty()) {
      throw new WroughtException(
          ErrorCode.INTERNAL_ERROR,
          "run %s succeeded after %s steps and left no checkpoint: see %s/worker.log"
              .formatted(run.getName(), Amounts.exact(run.getStep()), run.getDirectory()));
    }
  }

  private static String unfinished(Run run) {
    return "%s (%s); its log: %s/worker.log; go on with it: ./wrought runs resume %s"
        .formatted(RunEnding.summary(run), run.getReason(), run.getDirectory(), run.getName());
  }
}
