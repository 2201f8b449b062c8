package dev.wrought.cli.standin;

import dev.wrought.core.error.WroughtException;
import dev.wrought.core.recipe.Recipe;
import dev.wrought.core.recipe.RecipeReader;
import dev.wrought.proto.events.v1.CheckpointPublished;
import dev.wrought.proto.events.v1.LifecycleChanged;
import dev.wrought.proto.events.v1.TrainingStep;
import dev.wrought.proto.events.v1.ValidationResult;
import dev.wrought.proto.trainer.v1.GetRunRequest;
import dev.wrought.proto.trainer.v1.ListRunsRequest;
import dev.wrought.proto.trainer.v1.ListRunsResponse;
import dev.wrought.proto.trainer.v1.ResumeRunRequest;
import dev.wrought.proto.trainer.v1.Run;
import dev.wrought.proto.trainer.v1.RunEvent;
import dev.wrought.proto.trainer.v1.RunState;
import dev.wrought.proto.trainer.v1.StopRunRequest;
import dev.wrought.proto.trainer.v1.SubmitRunRequest;
import dev.wrought.proto.trainer.v1.TrainerServiceGrpc.TrainerServiceImplBase;
import dev.wrought.proto.trainer.v1.WatchRunRequest;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Reads recipes strictly, and lets a run go on by a step for every step that somebody watches. */
public final class StandInTrainer extends TrainerServiceImplBase {
  /** How runs go. @param breakAfter a watch is cut, once, after so many events; 0: never */
  public record Course(int steps, Duration pause, RunState ending, String reason, int breakAfter) {
    public static Course smooth() {
      return new Course(10, Duration.ZERO, RunState.RUN_STATE_SUCCEEDED, "Completed", 0);
    }

    /** Nobody waits for its end. */
    public static Course endless() {
      return new Course(
          1_000_000, Duration.ofMillis(20), RunState.RUN_STATE_SUCCEEDED, "Completed", 0);
    }
  }

  private final Path home;
  private final Map<String, Run> runs = new ConcurrentHashMap<>();
  private final Map<String, List<RunEvent>> events = new ConcurrentHashMap<>();
  private final List<String> order = new ArrayList<>();
  private volatile Course course;
  private volatile boolean broken;

  StandInTrainer(Path home, Course course) {
    this.home = home;
    this.course = course;
  }

  public void goesLike(Course next) {
    course = next;
    broken = false;
  }

  /** By uid or name, the newest of that name. */
  public Run run(String name) {
    return order.reversed().stream()
        .map(uid -> runs.getOrDefault(uid, Run.getDefaultInstance()))
        .filter(run -> run.getUid().equals(name) || run.getName().equals(name))
        .findFirst()
        .orElseThrow(
            () -> Status.NOT_FOUND.withDescription("no run '" + name + "'").asRuntimeException());
  }

  @Override
  public synchronized void submit(SubmitRunRequest request, StreamObserver<Run> answer) {
    try {
      Recipe recipe = RecipeReader.read(request.getRecipe(), request.getOrigin());
      if (order.stream().map(this::run).anyMatch(run -> live(run, recipe.name()))) {
        throw Status.ALREADY_EXISTS
            .withDescription("a live run is called " + recipe.name())
            .asRuntimeException();
      }
      Run run = fresh(recipe, request.getRecipe());
      if (!request.getDryRun()) {
        order.add(run.getUid());
        runs.put(run.getUid(), run);
        events.put(run.getUid(), new ArrayList<>());
      }
      StandInTokenizer.one(answer, run);
    } catch (WroughtException invalid) {
      answer.onError(
          Status.INVALID_ARGUMENT.withDescription(invalid.getMessage()).asRuntimeException());
    } catch (RuntimeException failure) {
      answer.onError(failure);
    }
  }

  private static boolean live(Run run, String name) {
    return run.getName().equals(name) && !ended(run);
  }

  private static boolean ended(Run run) {
    return run.getState().getNumber() >= RunState.RUN_STATE_SUCCEEDED_VALUE;
  }

  private Run fresh(Recipe recipe, String text) {
    String uid = "uid-" + (order.size() + 1);
    return Run.newBuilder()
        .setUid(uid)
        .setName(recipe.name())
        .setState(RunState.RUN_STATE_RUNNING)
        .setPlannedSteps(course.steps())
        .setParameters(4_700_000)
        .setDirectory(home.resolve("runs").resolve(uid).toString())
        .setCreated("2026-01-01T00:00:00Z")
        .setRecipe(text)
        .build();
  }

  @Override
  public void getRun(GetRunRequest request, StreamObserver<Run> answer) {
    try {
      StandInTokenizer.one(answer, run(request.getRun()));
    } catch (RuntimeException absent) {
      answer.onError(absent);
    }
  }

  @Override
  public void listRuns(ListRunsRequest request, StreamObserver<ListRunsResponse> answer) {
    List<Run> found =
        order.reversed().stream()
            .map(this::run)
            .filter(run -> !request.getLive() || !ended(run))
            .toList();
    StandInTokenizer.one(answer, ListRunsResponse.newBuilder().addAllRuns(found).build());
  }

  @Override
  public void watch(WatchRunRequest request, StreamObserver<RunEvent> answer) {
    ServerCallStreamObserver<RunEvent> observer = (ServerCallStreamObserver<RunEvent>) answer;
    observer.setOnCancelHandler(() -> {});
    String uid;
    try {
      uid = run(request.getRun()).getUid();
    } catch (RuntimeException absent) {
      answer.onError(absent);
      return;
    }
    List<RunEvent> log = events.getOrDefault(uid, List.of());
    int next = (int) request.getAfterSequence();
    while (!observer.isCancelled()) {
      if (next < log.size()) {
        observer.onNext(log.get(next++));
        if (course.breakAfter() == next && !broken) {
          broken = true;
          observer.onError(Status.UNAVAILABLE.asRuntimeException());
          return;
        }
      } else if (ended(run(uid))) {
        observer.onCompleted();
        return;
      } else {
        advance(uid, log);
      }
    }
  }

  private synchronized void advance(String uid, List<RunEvent> log) {
    Run run = run(uid);
    if (ended(run)) {
      return;
    }
    int step = run.getStep() + 1;
    if (step > course.steps()) {
      end(uid, course.ending(), course.reason());
      return;
    }
    pause(course.pause());
    double loss = 9.0 / step;
    TrainingStep.Builder event =
        TrainingStep.newBuilder()
            .setStep(step)
            .setLoss(loss)
            .setLearningRate(6e-4)
            .setGradientNorm(0.5)
            .setStepTokens(1000)
            .setTotalTokens(1000.0 * step)
            .setTokensPerSecond(step % 2 == 0 ? 10_000 : 30_000)
            .setMfu(0.4)
            .setDataWait(0.01)
            .setPlannedSteps(course.steps());
    add(log, RunEvent.newBuilder().setStep(event));
    Run.Builder next = run.toBuilder().setStep(step).setLoss(loss).setTotalTokens(1000L * step);
    runs.put(uid, (step == 1 ? next.setFirstLoss(loss) : next).build());
  }

  private void end(String uid, RunState state, String reason) {
    List<RunEvent> log = events.getOrDefault(uid, List.of());
    Run.Builder run = run(uid).toBuilder().setState(state).setReason(reason);
    if (state != RunState.RUN_STATE_FAILED) {
      String checkpoint = run.getDirectory() + "/checkpoints/step-%08d".formatted(run.getStep());
      run.setCheckpoint(checkpoint).setValidationLoss(1.25);
      add(
          log,
          RunEvent.newBuilder()
              .setValidation(
                  ValidationResult.newBuilder()
                      .setStep(run.getStep())
                      .setNats(125)
                      .setTokens(100)
                      .setBytes(300)));
      add(
          log,
          RunEvent.newBuilder()
              .setCheckpoint(
                  CheckpointPublished.newBuilder()
                      .setStep(run.getStep())
                      .setLocation(checkpoint)
                      .setSizeBytes(19e6)));
    }
    String name = state.name().replace("RUN_STATE_", "").toUpperCase(Locale.ROOT);
    add(
        log,
        RunEvent.newBuilder()
            .setLifecycle(LifecycleChanged.newBuilder().setState(name).setReason(reason)));
    runs.put(uid, run.build());
  }

  private static void add(List<RunEvent> log, RunEvent.Builder event) {
    log.add(event.setSequence(log.size() + 1).build());
  }

  @Override
  public synchronized void stop(StopRunRequest request, StreamObserver<Run> answer) {
    try {
      Run found = run(request.getRun());
      String uid = found.getUid();
      if (found.getState() == RunState.RUN_STATE_RUNNING) {
        end(uid, RunState.RUN_STATE_STOPPED, "StoppedByUser");
      }
      StandInTokenizer.one(answer, run(uid));
    } catch (RuntimeException absent) {
      answer.onError(absent);
    }
  }

  @Override
  public synchronized void resume(ResumeRunRequest request, StreamObserver<Run> answer) {
    Run run = run(request.getRun()).toBuilder().setState(RunState.RUN_STATE_RUNNING).build();
    runs.put(run.getUid(), run);
    StandInTokenizer.one(answer, run);
  }

  private static void pause(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }
}
