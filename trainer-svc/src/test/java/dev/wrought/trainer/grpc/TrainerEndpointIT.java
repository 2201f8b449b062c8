package dev.wrought.trainer.grpc;

import static io.restassured.RestAssured.get;
import static java.util.stream.Collectors.joining;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.rpc.ErrorInfo;
import dev.wrought.core.checkpoint.Checkpoint;
import dev.wrought.proto.trainer.v1.GetRunRequest;
import dev.wrought.proto.trainer.v1.ListRunsRequest;
import dev.wrought.proto.trainer.v1.ResumeRunRequest;
import dev.wrought.proto.trainer.v1.Run;
import dev.wrought.proto.trainer.v1.RunEvent;
import dev.wrought.proto.trainer.v1.RunState;
import dev.wrought.proto.trainer.v1.StopRunRequest;
import dev.wrought.proto.trainer.v1.SubmitRunRequest;
import dev.wrought.proto.trainer.v1.TrainerServiceGrpc;
import dev.wrought.proto.trainer.v1.TrainerServiceGrpc.TrainerServiceBlockingStub;
import dev.wrought.proto.trainer.v1.WatchRunRequest;
import dev.wrought.trainer.TinyHome;
import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The service as a client meets it, with real workers and no broker. */
@QuarkusTest
@TestProfile(TinyService.class)
class TrainerEndpointIT {
  private ManagedChannel channel;
  private TrainerServiceBlockingStub service;

  @BeforeEach
  void connect() {
    int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
    channel =
        ManagedChannelBuilder.forAddress("127.0.0.1", port)
            .usePlaintext()
            .maxInboundMetadataSize(256 << 10) // as our clients
            .build();
    service = TrainerServiceGrpc.newBlockingStub(channel);
  }

  /** A test that failed leaves no worker behind. */
  @AfterEach
  void stopAllAndDisconnect() throws InterruptedException {
    for (Run live :
        service.listRuns(ListRunsRequest.newBuilder().setLive(true).build()).getRunsList()) {
      service.stop(StopRunRequest.newBuilder().setRun(live.getUid()).build());
    }
    channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
  }

  private Run submit(String name, String duration) {
    return service.submit(
        SubmitRunRequest.newBuilder().setRecipe(TinyHome.recipe(name, duration)).build());
  }

  private Run run(String name) {
    return service.getRun(GetRunRequest.newBuilder().setRun(name).build());
  }

  private List<RunEvent> watch(String name, long after) {
    WatchRunRequest request =
        WatchRunRequest.newBuilder().setRun(name).setAfterSequence(after).build();
    return ImmutableList.copyOf(service.watch(request));
  }

  @Test
  void submit_recipe_trainsAndPublishesWhileItIsWatched() {
    Run submitted = submit("whole", "steps: 20");
    assertEquals(20, submitted.getPlannedSteps());
    assertTrue(submitted.getRecipe().contains("tiny@"));
    List<RunEvent> events = watch("whole", 0);
    assertEquals(20, events.stream().filter(RunEvent::hasStep).count());
    assertEquals("PENDING", events.getFirst().getLifecycle().getState());
    assertEquals("SUCCEEDED", events.getLast().getLifecycle().getState());

    List<String> changes =
        events.stream()
            .filter(RunEvent::hasLifecycle)
            .map(RunEvent::getLifecycle)
            .map(change ->
                "%d.%d %s"
                    .formatted(change.getRun().getEpoch(), change.getChange(), change.getState()))
            .toList();
    assertEquals(
        List.of("0.1 PENDING", "1.1 STARTING", "1.2 RUNNING", "1.3 SUCCEEDED"),
        changes,
        "in order");

    RunEvent tenth = events.get(10);
    assertEquals(events.subList(11, events.size()), watch(submitted.getUid(), tenth.getSequence()));

    Run done = run("whole");
    assertEquals(RunState.RUN_STATE_SUCCEEDED, done.getState());
    assertEquals(20, done.getStep());
    assertEquals(20 * 256, done.getTotalTokens());
    assertTrue(done.getLoss() < done.getFirstLoss());
    assertTrue(done.hasValidationLoss() && !done.hasRemainingSeconds());
    assertEquals(0, done.getWorkerPid());
    Checkpoint checkpoint = Checkpoint.open(Path.of(done.getCheckpoint()));
    assertEquals(done.getCheckpointDigest(), checkpoint.digest());
    assertTrue(Files.exists(checkpoint.file("MODEL_CARD.md")));
  }

  @Test
  void stop_liveRun_savesAndCanBeResumed() {
    submit("long", "steps: 100000");
    Iterator<RunEvent> events = service.watch(WatchRunRequest.newBuilder().setRun("long").build());
    int steps = 0;
    while (steps < 5) {
      steps += events.next().hasStep() ? 1 : 0;
    }
    assertTrue(run("long").getWorkerPid() > 0);
    Run stopped = service.stop(StopRunRequest.newBuilder().setRun("long").build());
    assertEquals(RunState.RUN_STATE_STOPPED, stopped.getState());
    assertEquals("StoppedByUser", stopped.getReason());
    assertEquals(stopped.getStep(), stopped.getCheckpointStep());

    Run resumed = service.resume(ResumeRunRequest.newBuilder().setRun("long").build());
    assertTrue(
        EnumSet.of(RunState.RUN_STATE_PENDING, RunState.RUN_STATE_STARTING)
            .contains(resumed.getState()),
        resumed.getState().name());
    List<RunEvent> news = untilStep(stopped.getStep() + 1);
    assertTrue(news.stream().anyMatch(event -> event.getLifecycle().getReason().equals("Resumed")));
    assertEquals(
        RunState.RUN_STATE_STOPPED,
        service.stop(StopRunRequest.newBuilder().setRun("long").build()).getState());
  }

  private List<RunEvent> untilStep(int step) {
    Iterator<RunEvent> events = service.watch(WatchRunRequest.newBuilder().setRun("long").build());
    ImmutableList.Builder<RunEvent> seen = ImmutableList.builder();
    RunEvent last = RunEvent.getDefaultInstance();
    while (last.getStep().getStep() < step) {
      last = events.next();
      seen.add(last);
    }
    return seen.build();
  }

  @Test
  void submit_dryRun_tellsWhatItWouldBeAndWritesNothing() {
    Run plan =
        service.submit(
            SubmitRunRequest.newBuilder()
                .setRecipe(TinyHome.recipe("dry", "tokens: 1000"))
                .setDryRun(true)
                .build());
    assertEquals(4, plan.getPlannedSteps());
    assertEquals(1024, plan.getTotalTokens());
    assertTrue(plan.getParameters() > 0 && plan.getEstimatedMemoryBytes() > 0);
    assertTrue(plan.getUid().isEmpty());
    assertTrue(
        service.listRuns(ListRunsRequest.getDefaultInstance()).getRunsList().stream()
            .noneMatch(run -> run.getName().equals("dry")));
  }

  /** FAULTS R11. */
  @Test
  void submit_impossibleRecipe_namesEveryProblem() {
    StatusRuntimeException refused =
        refusal(
            TinyHome.recipe("bad", "steps: 20")
                .replace("heads: 2,", "heads: 5,")
                .replace("learningRate: 3e-3", "learninRate: -1"));
    assertEquals(Status.Code.INVALID_ARGUMENT, refused.getStatus().getCode());
    String message = String.valueOf(refused.getStatus().getDescription());
    assertTrue(message.contains("mine.yaml:5:") && message.contains("divisor of width"), message);
    assertTrue(message.contains("mine.yaml:8:") && message.contains("learningRate"), message);
    assertEquals("INVALID_RECIPE", reason(refused));
  }

  @Test
  void submit_recipeWithFortyProblems_namesEveryOne() {
    String keys =
        IntStream.range(0, 40).mapToObj("  unknown%02d: 1%n"::formatted).collect(joining());
    StatusRuntimeException refused = refusal(TinyHome.recipe("bad", "steps: 20") + keys);
    assertEquals("INVALID_RECIPE", reason(refused));
    String message = String.valueOf(refused.getStatus().getDescription());
    assertTrue(message.contains("40 problems"), message);
    assertTrue(message.contains("unknown00") && message.contains("unknown39"), message);
    assertTrue(message.length() > 8192, "longer than a client takes that is not told to");
  }

  @Test
  void submit_unknownDataset_isNotFound() {
    StatusRuntimeException refused =
        refusal(TinyHome.recipe("bad", "steps: 20").replace("dataset: tiny", "dataset: tin"));
    assertEquals(Status.Code.NOT_FOUND, refused.getStatus().getCode());
    assertTrue(String.valueOf(refused.getStatus().getDescription()).contains("tiny"));
  }

  private StatusRuntimeException refusal(String recipe) {
    return assertThrows(
        StatusRuntimeException.class,
        () ->
            service.submit(
                SubmitRunRequest.newBuilder().setRecipe(recipe).setOrigin("mine.yaml").build()));
  }

  private static String reason(StatusRuntimeException failure) {
    try {
      return StatusProto.fromThrowable(failure).getDetails(0).unpack(ErrorInfo.class).getReason();
    } catch (com.google.protobuf.InvalidProtocolBufferException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  @Test
  void getRun_unknown_isNotFound() {
    StatusRuntimeException refused =
        assertThrows(StatusRuntimeException.class, () -> run("nobody"));
    assertEquals(Status.Code.NOT_FOUND, refused.getStatus().getCode());
    assertEquals("NOT_FOUND", reason(refused));
  }

  /** Without a broker the service is ready, and says what is amiss. */
  @Test
  void health_brokerIsAway_isUpAndDegraded() {
    get("/q/health/ready")
        .then()
        .statusCode(200)
        .body("status", is("UP"))
        .body("checks.find { it.name == 'kafka' }.data.bootstrapServers", is("127.0.0.1:1"))
        .body("checks.find { it.name == 'kafka' }.data.degraded.length()", greaterThan(0));
    assertEquals(
        ServingStatus.SERVING,
        HealthGrpc.newBlockingStub(channel)
            .check(HealthCheckRequest.getDefaultInstance())
            .getStatus());
    get("/q/metrics").then().statusCode(200).body(containsString("jvm_memory"));
  }

  @Test
  void libtorch_isNotLoadedInTheService() throws Exception {
    assertFalse(Files.readString(Path.of("/proc/self/maps")).contains("libtorch"));
  }
}
