package dev.wrought.eval.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.rpc.ErrorInfo;
import dev.wrought.eval.ingest.TestRecords;
import dev.wrought.eval.store.EventStore;
import dev.wrought.eval.store.TestEvents;
import dev.wrought.proto.evaluation.v1.Curve;
import dev.wrought.proto.evaluation.v1.EvaluationServiceGrpc;
import dev.wrought.proto.evaluation.v1.EvaluationServiceGrpc.EvaluationServiceBlockingStub;
import dev.wrought.proto.evaluation.v1.GetCurveRequest;
import dev.wrought.proto.evaluation.v1.HeldOutScore;
import dev.wrought.proto.evaluation.v1.ListRunSummariesRequest;
import dev.wrought.proto.evaluation.v1.RunSummary;
import dev.wrought.proto.evaluation.v1.ScoreHeldOutProgress;
import dev.wrought.proto.evaluation.v1.ScoreHeldOutRequest;
import dev.wrought.proto.evaluation.v1.WatchEvaluationsRequest;
import dev.wrought.proto.events.v1.EvaluationResult;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** The contract as a client meets it. No broker is there; events come straight into the store. */
@QuarkusTest
@TestProfile(AloneProfile.class)
class EvaluationEndpointIT {
  private static final TestEvents RUN = new TestEvents("0198-grpc", "grpc-run");

  @TempDir Path folder;
  @Inject EventStore store;
  private ManagedChannel channel;
  private EvaluationServiceBlockingStub service;

  @BeforeEach
  void connect() throws SQLException {
    int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
    channel = ManagedChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    service =
        EvaluationServiceGrpc.newBlockingStub(channel).withDeadlineAfter(60, TimeUnit.SECONDS);
    store.commit(TestRecords.arrivals(RUN.interruptedRun(), 0), List.of());
  }

  @AfterEach
  void disconnect() throws InterruptedException {
    channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
  }

  @Test
  void listRuns_afterARun_tellsWhereItStands() {
    RunSummary run =
        service.listRuns(ListRunSummariesRequest.getDefaultInstance()).getRunsList().stream()
            .filter(each -> each.getRunUid().equals(RUN.runUid()))
            .findFirst()
            .orElseThrow();
    assertEquals("grpc-run", run.getRun());
    assertEquals("SUCCEEDED", run.getState());
    assertEquals(100, run.getStep());
    assertEquals(TestEvents.PLANNED_STEPS, run.getPlannedSteps());
    double loss = RUN.validation(2, 100).getNats() / 10_000;
    assertEquals(loss, run.getValidationLoss(), 1e-12);
    assertEquals(Math.exp(loss), run.getPerplexity(), 1e-9);
    assertEquals(loss / Math.log(2) / 3.5, run.getBitsPerByte(), 1e-12);
  }

  @Test
  void getCurve_ofAResumedRun_isOnePointAStepOfTheHighestEpoch() {
    Curve curve = service.getCurve(curveOf("loss", 0));
    assertEquals(100, curve.getStepsCount());
    assertEquals(100, new HashSet<>(curve.getStepsList()).size());
    assertEquals(RUN.step(2, 77).getLoss(), curve.getValues(76));
    assertEquals(10, service.getCurve(curveOf("validation_loss", 0)).getStepsCount());
    assertTrue(service.getCurve(curveOf("loss", 20)).getStepsCount() <= 20);
  }

  @Test
  void getCurve_badRequests_areRefusedWithTheirReason() {
    assertRefused(Status.Code.INVALID_ARGUMENT, "gradient_norm", () -> curve("accuracy", 0));
    assertRefused(Status.Code.INVALID_ARGUMENT, "4 to 100000", () -> curve("loss", 3));
    assertRefused(
        Status.Code.NOT_FOUND,
        "nobody",
        () ->
            service.getCurve(
                GetCurveRequest.newBuilder().setRun("nobody").setMetric("loss").build()));
  }

  /** What is stored comes first, what happens then follows, each once. */
  @Test
  void watchEvaluations_ofARunThatGoesOn_tellsEachResultOnce() throws SQLException {
    TestEvents going = new TestEvents("0198-watch", "watched");
    store.commit(TestRecords.arrivals(List.of(going.event(going.validation(1, 10))), 0), List.of());
    Context.CancellableContext context = Context.current().withCancellation();
    List<EvaluationResult> seen = new ArrayList<>();
    Context before = context.attach();
    try {
      Iterator<EvaluationResult> stream =
          service.watchEvaluations(
              WatchEvaluationsRequest.newBuilder().setRun(going.run()).build());
      while (seen.size() < 3) {
        seen.add(stream.next());
      }
      store.commit(
          TestRecords.arrivals(
              List.of(going.event(going.validation(1, 10)), going.event(going.validation(1, 20))),
              1),
          List.of());
      while (seen.size() < 6) {
        seen.add(stream.next());
      }
    } finally {
      context.detach(before);
      context.cancel(null);
    }
    assertEquals(
        List.of(
            "10 loss",
            "10 perplexity",
            "10 bits_per_byte",
            "20 loss",
            "20 perplexity",
            "20 bits_per_byte"),
        seen.stream().map(result -> result.getStep() + " " + result.getMetric()).toList());
    assertTrue(seen.stream().allMatch(EvaluationResult::hasValue));
  }

  @Test
  void scoreHeldOut_ofWholeDocuments_isTheFormulasBitsPerByte() throws IOException {
    SmallDataset dataset = SmallDataset.write(folder.resolve("dataset"));
    Path checkpoint = dataset.checkpoint(folder.resolve("checkpoint"), 20);
    HeldOutScore score = score(request(checkpoint, dataset, 0, true));
    int all = dataset.heldOut().size();
    assertScored(score, dataset, all);
    assertEquals(20 * FakeServing.CONTEXT_LENGTH, score.getTrigramTokens());
    assertTrue(score.getTrigramBitsPerByte() > 0.1 && score.getTrigramBitsPerByte() < 8);
    assertTrue(score.getGzipBitsPerByte() > 0.1 && score.getGzipBitsPerByte() < 8);
  }

  @Test
  void scoreHeldOut_ofAFewBytes_stopsBeforeTheDocumentThatDoesNotFit() throws IOException {
    SmallDataset dataset = SmallDataset.write(folder.resolve("dataset"));
    Path checkpoint = dataset.checkpoint(folder.resolve("checkpoint"), 20);
    int three = dataset.bytes(3).length;
    HeldOutScore score = score(request(checkpoint, dataset, three + 1, false));
    assertScored(score, dataset, 3);
    assertFalse(score.hasGzipBitsPerByte() || score.hasTrigramBitsPerByte());
  }

  @Test
  void scoreHeldOut_thatCannotBe_saysWhy() throws IOException {
    SmallDataset dataset = SmallDataset.write(folder.resolve("dataset"));
    Path checkpoint = dataset.checkpoint(folder.resolve("checkpoint"), 20);
    assertRefused(
        Status.Code.INVALID_ARGUMENT,
        "absolute",
        () -> score(request(Path.of("here"), dataset, 0, false)));
    assertRefused(
        Status.Code.INVALID_ARGUMENT,
        "max_bytes",
        () -> score(request(checkpoint, dataset, 5 << 20, false)));
    assertRefused(
        Status.Code.FAILED_PRECONDITION,
        "first document",
        () -> score(request(checkpoint, dataset, 3, false)));
    assertRefused(
        Status.Code.FAILED_PRECONDITION,
        "tokenizer",
        () -> score(request(folder.resolve(FakeServing.STRANGER), dataset, 0, false)));
    assertRefused(
        Status.Code.RESOURCE_EXHAUSTED,
        "no memory",
        () -> score(request(folder.resolve(FakeServing.TOO_LARGE), dataset, 0, false)));
    // The lease was released: the fake refuses a second one.
    assertScored(score(request(checkpoint, dataset, 0, false)), dataset, dataset.heldOut().size());
  }

  private static void assertScored(HeldOutScore score, SmallDataset dataset, int documents) {
    assertEquals(documents, score.getDocuments());
    assertEquals(dataset.bytes(documents).length, score.getBytes());
    double nats = dataset.nats(documents);
    assertEquals(nats, score.getNats(), 1e-9 * nats);
    assertEquals(nats / Math.log(2) / score.getBytes(), score.getBitsPerByte(), 1e-9);
  }

  private static ScoreHeldOutRequest request(
      Path checkpoint, SmallDataset dataset, long maxBytes, boolean baselines) {
    return ScoreHeldOutRequest.newBuilder()
        .setCheckpoint(checkpoint.toString())
        .setDataset(dataset.folder().toString())
        .setMaxBytes(maxBytes)
        .setBaselines(baselines)
        .build();
  }

  /** Progress rises to 1, and the result comes last. */
  private HeldOutScore score(ScoreHeldOutRequest request) {
    ScoreHeldOutProgress last = ScoreHeldOutProgress.getDefaultInstance();
    Iterator<ScoreHeldOutProgress> stream = service.scoreHeldOut(request);
    while (stream.hasNext()) {
      ScoreHeldOutProgress next = stream.next();
      assertFalse(last.hasResult(), "the result came before the end");
      assertTrue(next.getFraction() >= last.getFraction());
      last = next;
    }
    assertEquals(1, last.getFraction());
    return last.getResult();
  }

  private void curve(String metric, int points) {
    service.getCurve(curveOf(metric, points));
  }

  private static GetCurveRequest curveOf(String metric, int points) {
    return GetCurveRequest.newBuilder()
        .setRun(RUN.runUid())
        .setMetric(metric)
        .setMaxPoints(points)
        .build();
  }

  private static void assertRefused(Status.Code code, String inMessage, Executable call) {
    StatusRuntimeException failure = assertThrows(StatusRuntimeException.class, call);
    String message = String.valueOf(failure.getStatus().getDescription());
    assertEquals(code, failure.getStatus().getCode(), message);
    assertTrue(message.contains(inMessage), message);
    com.google.rpc.Status details = StatusProto.fromThrowable(failure);
    assertTrue(details != null && details.getDetails(0).is(ErrorInfo.class), "no details");
  }
}
