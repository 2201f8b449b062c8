package dev.wrought.trainer.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.plugin.PluginContext;
import dev.wrought.edge.call.Outgoing;
import dev.wrought.proto.events.v1.TrainingStep;
import dev.wrought.proto.trainer.v1.RunEvent;
import dev.wrought.trainer.Await;
import dev.wrought.trainer.TinyHome;
import dev.wrought.trainer.journal.RunJournal;
import dev.wrought.trainer.plan.Planner;
import dev.wrought.trainer.plan.RecipePlugins;
import dev.wrought.trainer.run.HandClock;
import dev.wrought.trainer.run.PodsInMemory;
import dev.wrought.trainer.run.RunSettings;
import dev.wrought.trainer.run.RunView;
import dev.wrought.trainer.run.Runs;
import io.grpc.stub.ServerCallStreamObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a watch does with clients that go away, or read slowly. */
final class EventStreamTest {
  @TempDir Path home;
  private final HandClock clock = new HandClock();
  private final Client client = new Client();
  private Runs runs;
  private RunView run;

  /** A client that a test moves. */
  private static final class Client extends ServerCallStreamObserver<RunEvent> {
    private final List<RunEvent> received = new CopyOnWriteArrayList<>();
    private volatile boolean cancelled;
    private volatile boolean ready = true;

    @Override
    public void onNext(RunEvent event) {
      received.add(event);
    }

    @Override
    public boolean isCancelled() {
      return cancelled;
    }

    @Override
    public boolean isReady() {
      return ready;
    }

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onCompleted() {}

    @Override
    public void setOnCancelHandler(Runnable handler) {}

    @Override
    public void setCompression(String compression) {}

    @Override
    public void setOnReadyHandler(Runnable handler) {}

    @Override
    public void disableAutoInboundFlowControl() {}

    @Override
    public void request(int count) {}

    @Override
    public void setMessageCompression(boolean enable) {}
  }

  @BeforeEach
  void makeRun() throws IOException {
    TinyHome.make(home);
    Path plugins = home.resolve("plugins");
    runs =
        new Runs(
            new RunSettings(home, plugins, 1, Duration.ofMinutes(1), Duration.ofMillis(2)),
            new Planner(home, new RecipePlugins(plugins, PluginContext.of(home))),
            new PodsInMemory(),
            clock);
    run = runs.submit(TinyHome.recipe("watched", "steps: 5"), "test");
    Await.until("started", () -> runs.get("watched").record().status().epoch() == 1);
  }

  @AfterEach
  void close() {
    runs.close();
  }

  private CompletableFuture<Void> watch() {
    return CompletableFuture.runAsync(new EventStream(new Outgoing<>(client), runs, run, 0)::run);
  }

  private static ErrorCode failure(CompletableFuture<Void> watch) {
    CompletionException failure = assertThrows(CompletionException.class, watch::join);
    return assertInstanceOf(WroughtException.class, failure.getCause()).code();
  }

  @Test
  void watch_clientGoesAway_ends() {
    CompletableFuture<Void> watch = watch();
    Await.until("first events", () -> client.received.size() >= 2);
    assertFalse(watch.isDone());
    client.cancelled = true;
    assertEquals(ErrorCode.CANCELLED, failure(watch));
  }

  @Test
  void watch_clientGoesAwayWhileItDoesNotRead_ends() {
    client.ready = false;
    CompletableFuture<Void> watch = watch();
    client.cancelled = true;
    assertEquals(ErrorCode.CANCELLED, failure(watch));
    assertTrue(client.received.isEmpty(), "nothing is piled up for it");
  }

  @Test
  void watch_serviceGoesDown_ends() {
    CompletableFuture<Void> watch = watch();
    runs.close();
    assertEquals(ErrorCode.UNAVAILABLE, failure(watch));
  }

  @Test
  void watch_liveEvents_comeInOrder() {
    watch();
    try (RunJournal journal = new RunJournal(run.directory(), clock)) {
      for (int step = 1; step <= 3; step++) {
        journal.append(RunEvent.newBuilder().setStep(TrainingStep.newBuilder().setStep(step)));
      }
    }
    Await.until("steps", () -> client.received.stream().filter(RunEvent::hasStep).count() == 3);
    List<Long> sequences = client.received.stream().map(RunEvent::getSequence).toList();
    assertEquals(sequences.stream().sorted().distinct().toList(), sequences);
    client.cancelled = true;
  }

  @Test
  void watch_fromAPlaceThatIsNotThere_isRefused() {
    for (long place : new long[] {-1, 1_000_000}) {
      WroughtException refused =
          assertThrows(
              WroughtException.class,
              () -> new EventStream(new Outgoing<>(client), runs, run, place));
      assertEquals(ErrorCode.INVALID_ARGUMENT, refused.code());
      assertTrue(String.valueOf(refused.getMessage()).contains("after_sequence is " + place));
    }
  }
}
