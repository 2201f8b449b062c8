package dev.wrought.benchmarks.platform;

import dev.wrought.cli.client.Services;
import dev.wrought.proto.trainer.v1.GetRunRequest;
import dev.wrought.proto.trainer.v1.Run;
import dev.wrought.proto.trainer.v1.RunEvent;
import dev.wrought.proto.trainer.v1.StopRunRequest;
import dev.wrought.proto.trainer.v1.SubmitRunRequest;
import dev.wrought.proto.trainer.v1.WatchRunRequest;
import java.util.Iterator;

/** trainer-svc's runs. */
record Runs(Services services) {
  Run submit(String recipe) {
    return services
        .trainer()
        .submit(
            SubmitRunRequest.newBuilder().setRecipe(recipe).setOrigin("tiny-recipe.yaml").build());
  }

  Run get(String name) {
    return services.trainer().getRun(GetRunRequest.newBuilder().setRun(name).build());
  }

  /** Returns when the run has ended. */
  Run stop(String name) {
    return services.trainer().stop(StopRunRequest.newBuilder().setRun(name).build());
  }

  /** Returns when the run has ended, however it did. */
  void awaitEnd(String name) {
    events(name).forEachRemaining(event -> {});
  }

  /** From the first event on; it ends with the run. */
  Iterator<RunEvent> events(String name) {
    return services.trainer().watch(WatchRunRequest.newBuilder().setRun(name).build());
  }
}
