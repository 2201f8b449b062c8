package dev.wrought.trainer.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.event.CloudEvent;
import dev.wrought.core.event.Topics;
import dev.wrought.proto.events.v1.CheckpointPublished;
import dev.wrought.proto.events.v1.LifecycleChanged;
import dev.wrought.proto.events.v1.RunRef;
import dev.wrought.proto.events.v1.TrainingStep;
import dev.wrought.proto.events.v1.ValidationResult;
import dev.wrought.proto.trainer.v1.RunEvent;
import dev.wrought.trainer.Journals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalTest {
  private static final RunRef REF =
      RunRef.newBuilder().setRunUid("uid").setRun("name").setEpoch(3).build();
  private static final InstantSource NOW =
      InstantSource.fixed(Instant.parse("2026-01-02T03:04:05.678Z"));
  @TempDir Path folder;
  private RunDirectory run = new RunDirectory(Path.of(""));

  @BeforeEach
  void makeRun() throws IOException {
    run = RunDirectory.of(folder, "uid");
    Files.createDirectories(run.path());
  }

  private static RunEvent.Builder step(int step) {
    return RunEvent.newBuilder()
        .setStep(TrainingStep.newBuilder().setRun(REF).setStep(step).setNonFinite(true));
  }

  private void append(RunEvent.Builder event) {
    try (RunJournal journal = new RunJournal(run, NOW)) {
      journal.append(event);
    }
  }

  @Test
  void read_appended_comesBackWithTimeAndPlace() {
    append(step(1));
    append(step(2));
    List<RunEvent> events = Journals.events(run);
    assertEquals(List.of(1, 2), events.stream().map(each -> each.getStep().getStep()).toList());
    assertEquals(NOW.millis(), events.getFirst().getTimeMillis());
    assertEquals(run.events().toFile().length(), events.getLast().getSequence());
    assertEquals(
        List.of(events.getLast()),
        new JournalReader(run).read(events.getFirst().getSequence()).events());
  }

  @Test
  void read_linesThatAreNoEvents_arePassedOver() throws IOException {
    append(step(1));
    Files.writeString(run.events(), "{\"step\": 7}\nnonsense\n", StandardOpenOption.APPEND);
    append(step(2));
    assertEquals(
        List.of(1, 2),
        Journals.events(run).stream().map(each -> each.getStep().getStep()).toList());
  }

  @Test
  void read_noLogYet_isAtItsEnd() {
    assertTrue(new JournalReader(run).read(0).atEnd(0));
  }

  @Test
  void toCloudEvent_eachKind_hasItsTopicAndADeterministicId() {
    assertEvent("uid/3/7/step", Topics.TRAINING_METRICS, step(7));
    assertEvent(
        "uid/3/7/validation/d@1",
        Topics.TRAINING_METRICS,
        RunEvent.newBuilder()
            .setValidation(ValidationResult.newBuilder().setRun(REF).setStep(7).setDataset("d@1")));
    assertEvent(
        "uid/3/7/checkpoint",
        Topics.TRAINING_LIFECYCLE,
        RunEvent.newBuilder()
            .setCheckpoint(CheckpointPublished.newBuilder().setRun(REF).setStep(7)));
    assertEvent(
        "uid/3/7/lifecycle/FAILED-2",
        Topics.TRAINING_LIFECYCLE,
        RunEvent.newBuilder()
            .setLifecycle(
                LifecycleChanged.newBuilder()
                    .setRun(REF)
                    .setStep(7)
                    .setState("FAILED")
                    .setChange(2)));
    assertTrue(RunEvents.toCloudEvent(RunEvent.getDefaultInstance()).isEmpty());
  }

  private static void assertEvent(String id, String topic, RunEvent.Builder event) {
    CloudEvent sent =
        RunEvents.toCloudEvent(event.setTimeMillis(NOW.millis()).build()).orElseThrow();
    assertEquals(id, sent.id());
    assertEquals(topic, sent.topic());
    assertEquals("name", sent.key());
    assertEquals(NOW.instant(), sent.time());
  }

  @Test
  void toCloudEvent_lossIsNotFinite_isLeftOutAndFlagged() throws IOException {
    JsonNode body =
        new ObjectMapper().readTree(RunEvents.toCloudEvent(step(7).build()).orElseThrow().data());
    assertFalse(body.has("loss"));
    assertTrue(body.get("nonFinite").asBoolean());
    assertEquals(7, body.get("step").asInt());
    assertTrue(body.has("plannedSteps"), "fields are there even where they are zero");
  }

  /** FAULTS R12, within one process: file locks are tried, then the fence. */
  @Test
  void lock_heldByAnother_isRefused() {
    try (WorkerLock first = WorkerLock.take(run, 1)) {
      WroughtException refused =
          assertThrows(WroughtException.class, () -> WorkerLock.take(run, 2));
      assertEquals(ErrorCode.LOCKED, refused.code());
      first.check();
    }
    WorkerLock.take(run, 2).close();
  }

  @Test
  void isHeld_lockIsTakenAndGivenBack_followsIt() {
    assertFalse(WorkerLock.isHeld(run), "nobody has ever been there");
    try (WorkerLock lock = WorkerLock.take(run, 1)) {
      assertTrue(WorkerLock.isHeld(run));
      lock.check();
    }
    assertFalse(WorkerLock.isHeld(run));
    assertEquals(1, WorkerLock.holder(run).orElseThrow().epoch(), "who held it last");
    WorkerLock.take(run, 2).close(); // the question has left nothing behind
  }

  @Test
  void lock_ofAnEpochThatHasBeen_isRefused() {
    WorkerLock.take(run, 2).close();
    for (int epoch : new int[] {1, 2}) {
      WroughtException refused =
          assertThrows(WroughtException.class, () -> WorkerLock.take(run, epoch));
      assertEquals(ErrorCode.LOCKED, refused.code());
      assertTrue(String.valueOf(refused.getMessage()).contains("resume the run"));
    }
  }

  @Test
  void lock_fenceWasRaisedByANewerStart_isNoticed() throws IOException {
    try (WorkerLock lock = WorkerLock.take(run, 1)) {
      Files.writeString(run.fence(), "2\n"); // where file locks do not work
      assertEquals(ErrorCode.LOCKED, assertThrows(WroughtException.class, lock::check).code());
    }
  }

  @Test
  void lastWords_ofAnotherEpoch_areNone() throws IOException {
    new WorkerExit(1, 7, "saved").write(run);
    assertEquals(7, WorkerExit.read(run, 1).orElseThrow().code());
    assertTrue(WorkerExit.read(run, 2).isEmpty());
    Files.writeString(run.exit(), "{");
    assertTrue(WorkerExit.read(run, 1).isEmpty());
  }
}
