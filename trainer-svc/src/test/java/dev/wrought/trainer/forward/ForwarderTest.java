package dev.wrought.trainer.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.event.CloudEvent;
import dev.wrought.core.event.EventLog;
import dev.wrought.core.event.SpoolCursor;
import dev.wrought.proto.events.v1.RunRef;
import dev.wrought.proto.events.v1.TrainingStep;
import dev.wrought.proto.trainer.v1.RunEvent;
import dev.wrought.trainer.Await;
import dev.wrought.trainer.journal.RunDirectory;
import dev.wrought.trainer.journal.RunJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ForwarderTest {
  private static final Forwarder.Pace QUICK =
      new Forwarder.Pace(Duration.ofMillis(2), Duration.ofMillis(2));
  @TempDir Path home;

  private final List<RunDirectory> runs = new CopyOnWriteArrayList<>();
  private final Broker broker = new Broker();
  private final List<Forwarder> forwarders = new ArrayList<>();

  /** Takes events, or is away. */
  private static final class Broker {
    private final List<CloudEvent> received = new CopyOnWriteArrayList<>();
    private volatile boolean away;
    private volatile int takesBeforeItBreaks = Integer.MAX_VALUE;
    private volatile int largestBatch;

    Outlet connect() {
      if (away) {
        throw new WroughtException(ErrorCode.UNAVAILABLE, "nobody at home");
      }
      return new Outlet() {
        @Override
        public void send(List<CloudEvent> events) {
          largestBatch = Math.max(largestBatch, events.size());
          for (CloudEvent event : events) {
            if (away || takesBeforeItBreaks-- <= 0) {
              away = true;
              throw new WroughtException(ErrorCode.UNAVAILABLE, "gone in the middle");
            }
            received.add(event);
          }
        }

        @Override
        public void close() {}
      };
    }

    List<String> ids() {
      return received.stream().map(CloudEvent::id).toList();
    }
  }

  private Forwarder start() {
    Forwarder forwarder = new Forwarder(() -> List.copyOf(runs), broker::connect, QUICK);
    forwarders.add(forwarder);
    return forwarder;
  }

  @AfterEach
  void close() {
    forwarders.forEach(Forwarder::close);
  }

  private RunDirectory run(String uid) throws IOException {
    RunDirectory run = RunDirectory.of(home, uid);
    Files.createDirectories(run.path());
    runs.add(run);
    return run;
  }

  private static void steps(RunDirectory run, int from, int to) {
    try (RunJournal journal = new RunJournal(run, InstantSource.system())) {
      for (int step = from; step <= to; step++) {
        journal.append(
            RunEvent.newBuilder()
                .setStep(
                    TrainingStep.newBuilder()
                        .setRun(
                            RunRef.newBuilder()
                                .setRunUid(run.uid())
                                .setRun("name-" + run.uid())
                                .setEpoch(1))
                        .setStep(step)));
      }
    }
  }

  private static List<String> ids(String uid, int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(step -> "%s/1/%d/step".formatted(uid, step))
        .toList();
  }

  private static long size(RunDirectory run) {
    return run.events().toFile().length();
  }

  private static long cursor(RunDirectory run) {
    return new SpoolCursor(run.cursor()).read();
  }

  @Test
  void forward_events_arriveInOrderUnderTheRunsName() throws IOException {
    RunDirectory run = run("a");
    steps(run, 1, 50);
    Forwarder forwarder = start();
    Await.until("sent", () -> cursor(run) == size(run));
    assertEquals(ids("a", 1, 50), broker.ids());
    assertTrue(broker.received.stream().allMatch(event -> event.key().equals("name-a")));
    assertEquals(new Forwarder.State(true, "", 0), forwarder.state());
  }

  @Test
  void forward_eventsThatComeLater_areSentToo() throws IOException {
    RunDirectory first = run("a");
    start();
    steps(first, 1, 1);
    Await.until("sent", () -> broker.received.size() == 1);
    RunDirectory second = run("b");
    steps(second, 1, 1);
    Await.until("sent", () -> broker.received.size() == 2);
    assertEquals(List.of("a/1/1/step", "b/1/1/step"), broker.ids());
  }

  /** FAULTS R10: the log is the spool. */
  @Test
  void forward_brokerIsAway_waitsAndLosesNothing() throws IOException {
    broker.away = true;
    RunDirectory run = run("a");
    steps(run, 1, 3000);
    Forwarder forwarder = start();
    Await.until("refused", () -> forwarder.state().detail().equals("nobody at home"));
    assertFalse(forwarder.state().connected());
    assertFalse(Files.exists(run.cursor()));

    broker.away = false;
    Await.until("sent", () -> cursor(run) == size(run));
    assertEquals(ids("a", 1, 3000), broker.ids());
    assertTrue(broker.largestBatch < 3000, "read in portions, whatever has piled up");
  }

  @Test
  void forward_brokerBreaksInABatch_sendsTheBatchAgain() throws IOException {
    broker.takesBeforeItBreaks = 7;
    RunDirectory run = run("a");
    steps(run, 1, 20);
    start();
    Await.until("broken", () -> broker.away);
    broker.takesBeforeItBreaks = Integer.MAX_VALUE;
    broker.away = false;
    Await.until("sent", () -> cursor(run) == size(run));
    List<String> twice = new ArrayList<>(ids("a", 1, 7));
    twice.addAll(ids("a", 1, 20));
    assertEquals(twice, broker.ids());
  }

  @Test
  void forward_restart_goesOnFromTheCursor() throws IOException {
    RunDirectory run = run("a");
    steps(run, 1, 5);
    Forwarder first = start();
    Await.until("sent", () -> cursor(run) == size(run));
    first.close();
    steps(run, 6, 8);
    start();
    Await.until("sent", () -> cursor(run) == size(run));
    assertEquals(ids("a", 1, 8), broker.ids());
  }

  @Test
  void forward_crashBeforeTheCursorMoved_sendsTheSameIdsAgain() throws IOException {
    RunDirectory run = run("a");
    steps(run, 1, 5);
    Forwarder first = start();
    Await.until("sent", () -> cursor(run) == size(run));
    first.close();
    new SpoolCursor(run.cursor()).write(0);
    start();
    Await.until("sent", () -> cursor(run) == size(run));
    assertEquals(5, broker.ids().stream().distinct().count());
    assertEquals(10, broker.ids().size());
  }

  @Test
  void forward_tornLine_waitsForItsEndAndPassesOverRubbish() throws IOException {
    RunDirectory run = run("a");
    steps(run, 1, 1);
    Files.writeString(run.events(), "{\"step\":{\"st", java.nio.file.StandardOpenOption.APPEND);
    start();
    Await.until("sent", () -> broker.received.size() == 1);
    assertTrue(cursor(run) < size(run), "the torn line is not passed before it is sealed");
    steps(run, 2, 2); // the next writer seals it
    Await.until("sent", () -> cursor(run) == size(run));
    assertEquals(ids("a", 1, 2), broker.ids());
  }

  @Test
  void forward_oneLogCannotBeRead_theOthersGoOn() throws IOException {
    RunDirectory broken = run("a");
    Files.createDirectories(broken.events()); // a folder where a file belongs
    RunDirectory good = run("b");
    steps(good, 1, 3);
    start();
    Await.until("sent", () -> cursor(good) == size(good));
    assertEquals(ids("b", 1, 3), broker.ids());
  }

  @Test
  void forward_oneCursorCannotBeRead_theOthersGoOnAndItLater() throws IOException {
    RunDirectory broken = run("a");
    steps(broken, 1, 2);
    Files.createDirectories(broken.cursor()); // a folder where a file belongs
    RunDirectory good = run("b");
    steps(good, 1, 3);
    Forwarder forwarder = start();
    Await.until("sent", () -> cursor(good) == size(good));
    assertEquals(ids("b", 1, 3), broker.ids());
    assertEquals(new Forwarder.State(true, "", size(broken)), forwarder.state());

    Files.delete(broken.cursor());
    Await.until("sent", () -> cursor(broken) == size(broken));
    assertEquals(ids("a", 1, 2), broker.ids().subList(3, 5));
  }

  @Test
  void forward_eventLargerThanARecord_isLeftOut() throws IOException {
    RunDirectory run = run("a");
    steps(run, 1, 1);
    try (EventLog log = EventLog.open(run.events())) {
      log.append(
          "{\"lifecycle\":{\"run\":{\"runUid\":\"a\"},\"message\":\"%s\"}}"
              .formatted("x".repeat(1 << 20)));
    }
    steps(run, 2, 2);
    start();
    Await.until("sent", () -> cursor(run) == size(run));
    assertEquals(ids("a", 1, 2), broker.ids());
  }
}
