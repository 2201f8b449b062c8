package dev.wrought.cli.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import dev.wrought.cli.standin.StandInInstallation;
import dev.wrought.cli.standin.StandInServices;
import dev.wrought.cli.standin.StandInTrainer.Course;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.proto.trainer.v1.ListRunsRequest;
import dev.wrought.proto.trainer.v1.Run;
import dev.wrought.proto.trainer.v1.RunEvent;
import dev.wrought.proto.trainer.v1.RunState;
import dev.wrought.proto.trainer.v1.SubmitRunRequest;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServicesTest {
  @TempDir private Path folder;

  @Test
  void service_thatIsAbsent_isNamedWithTheRemedy() {
    int portBase;
    try (StandInServices gone = StandInServices.in(folder)) {
      portBase = gone.portBase();
    }
    try (Services services = new Services(portBase)) {
      StatusRuntimeException failure =
          assertThrows(
              StatusRuntimeException.class,
              () -> services.trainer().listRuns(ListRunsRequest.getDefaultInstance()));
      WroughtException known = Failures.of(failure);
      assertEquals(ErrorCode.UNAVAILABLE, known.code());
      assertEquals(
          "the trainer service does not answer on port %d: start the platform with ./wrought up (./wrought status shows what runs)"
              .formatted(portBase + 1),
          known.getMessage());
    }
  }

  @Test
  void failure_thatAServiceExplains_keepsItsWords() {
    try (StandInServices standIns = StandInServices.in(folder);
        Services services = new Services(standIns.portBase())) {
      standIns.faults().order("ListRuns", Status.UNAVAILABLE.withDescription("draining"));
      StatusRuntimeException failure =
          assertThrows(
              StatusRuntimeException.class,
              () -> services.trainer().listRuns(ListRunsRequest.getDefaultInstance()));
      assertEquals("draining", Failures.of(failure).getMessage());
    }
  }

  @Test
  void failure_withDetails_hasTheServicesOwnCode() {
    com.google.rpc.Status status =
        com.google.rpc.Status.newBuilder()
            .setCode(Status.Code.RESOURCE_EXHAUSTED.value())
            .setMessage("no room")
            .addDetails(Any.pack(ErrorInfo.newBuilder().setReason("STORAGE").build()))
            .build();
    WroughtException known = Failures.of(StatusProto.toStatusRuntimeException(status));
    assertEquals(ErrorCode.STORAGE, known.code());
    assertEquals("no room", known.getMessage());
  }

  @Test
  void failure_withDetailsOfAnotherVersion_hasTheNearestCode() {
    com.google.rpc.Status status =
        com.google.rpc.Status.newBuilder()
            .setCode(Status.Code.NOT_FOUND.value())
            .addDetails(Any.pack(ErrorInfo.newBuilder().setReason("FROM_THE_FUTURE").build()))
            .build();
    assertEquals(
        ErrorCode.NOT_FOUND, Failures.of(StatusProto.toStatusRuntimeException(status)).code());
    StatusRuntimeException bare = new StatusRuntimeException(Status.INTERNAL, new Metadata());
    assertEquals(ErrorCode.INTERNAL_ERROR, Failures.of(bare).code());
    assertEquals("the service answered INTERNAL", Failures.of(bare).getMessage());
  }

  @Test
  void watch_thatIsCut_tellsEachEventOnceInOrder() throws InterruptedException {
    try (StandInServices standIns = StandInServices.in(folder);
        Services services = new Services(standIns.portBase())) {
      standIns
          .trainer()
          .goesLike(new Course(6, Duration.ZERO, RunState.RUN_STATE_SUCCEEDED, "Completed", 3));
      Run run =
          services
              .trainer()
              .submit(SubmitRunRequest.newBuilder().setRecipe(StandInInstallation.RECIPE).build());
      List<Long> sequences = new ArrayList<>();
      Run ended =
          new RunWatch(services, run.getUid(), 0)
              .toEnd(event -> sequences.add(event.getSequence()));
      assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L), sequences);
      assertTrue(RunWatch.ended(ended));
      new RunWatch(services, run.getUid(), ended.getEpoch() + 1)
          .toEnd(event -> fail("of an earlier start: " + event));
    }
  }

  @Test
  void watch_ofARunThatIsNotThere_failsAtOnce() {
    try (StandInServices standIns = StandInServices.in(folder);
        Services services = new Services(standIns.portBase())) {
      RunWatch watch = new RunWatch(services, "none", 0);
      assertThrows(StatusRuntimeException.class, () -> watch.toEnd(_ -> {}));
    }
  }

  @Test
  void stream_ofNothing_isADefectOfTheService() {
    Iterator<RunEvent> none = List.<RunEvent>of().iterator();
    WroughtException failure =
        assertThrows(WroughtException.class, () -> Streams.last(none, _ -> {}));
    assertEquals(ErrorCode.INTERNAL_ERROR, failure.code());
  }
}
