package dev.wrought.trainer.run;

import dev.wrought.core.error.ExitCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.proto.events.v1.LifecycleChanged;
import dev.wrought.proto.trainer.v1.RunEvent;
import dev.wrought.trainer.backend.Pod;
import dev.wrought.trainer.backend.PodBackend;
import dev.wrought.trainer.journal.JournalReader;
import dev.wrought.trainer.journal.RunDirectory;
import dev.wrought.trainer.journal.RunEvents;
import dev.wrought.trainer.journal.RunJournal;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * One run and its present worker. While the run is live one virtual thread follows it: starts its
 * worker, reads its events, sees it end, and starts another where it was lost. A change of state is
 * written to the journal first and to {@code run.json} second, so a crash between the two tells the
 * change again, under the same event id. Only then does it hold here too: while the disk is full
 * nothing changes, and it is tried again until there is room. Thread-safe.
 */
final class TrainingRun {
  private static final System.Logger LOG = System.getLogger(TrainingRun.class.getName());
  private static final Duration KEEP_PROGRESS_EVERY = Duration.ofSeconds(10);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final RunSettings settings;
  private final RunStore store;
  private final PodBackend backend;
  private final InstantSource clock;
  private final RunDirectory directory;

  private RunRecord record;
  private Optional<RunWorker> worker = Optional.empty();
  private boolean followed;
  private boolean closed;
  private int stepAtLaunch;
  private Instant progressKept = Instant.EPOCH;

  TrainingRun(
      RunRecord record,
      RunSettings settings,
      RunStore store,
      PodBackend backend,
      InstantSource clock) {
    this.record = record;
    this.settings = settings;
    this.store = store;
    this.backend = backend;
    this.clock = clock;
    this.directory = store.directory(record.uid());
  }

  synchronized RunRecord record() {
    return record;
  }

  RunDirectory directory() {
    return directory;
  }

  /** Tells of a new run: its first event carries the recipe. */
  synchronized void announce(String recipeYaml) {
    journal(record.toEvent().setRecipe(recipeYaml));
    store.save(record);
    follow();
  }

  /** Goes on with a run found on the disk: with its worker, if that still lives. */
  synchronized void recover() {
    if (record.status().isLive()) {
      worker = RunWorker.find(directory, record.status(), backend);
      LOG.log(
          Level.INFO,
          "run {0} is {1}; its worker {2}",
          record.name(),
          record.status().state().label(),
          worker.map(found -> "lives: " + found.pod().reference()).orElse("is gone"));
      follow();
    }
  }

  /** Asks the worker to save and end; at once where there is none. */
  synchronized void stop() {
    if (record.status().state().equals(new RunState.Stopping())) {
      return;
    }
    boolean live = record.status().isLive();
    signal(new RunSignal.StopAsked(), "StoppedByUser", "");
    if (live) {
      worker.ifPresent(each -> each.pod().stop());
    }
  }

  /** Goes on from the newest good checkpoint, with a budget of restarts anew. */
  synchronized void resume() {
    if (signal(record.status().withRestarts(0), new RunSignal.ResumeAsked(), "ResumedByUser", "")) {
      follow();
    }
  }

  /** Waits until the run has ended or the time is over. */
  synchronized RunRecord awaitEnded(Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (record.status().isLive() && System.nanoTime() < deadline && !closed) {
      wait(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
    }
    return record;
  }

  /** Ends the following; the worker goes on by itself. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  private synchronized void follow() {
    if (!followed && record.status().isLive()) {
      followed = true;
      Thread.ofVirtual().name("run-" + record.name()).start(this::followToTheEnd);
    }
  }

  private void followToTheEnd() {
    int failures = 0;
    try {
      while (isToBeFollowed()) {
        try {
          goOn();
          failures = 0;
        } catch (RuntimeException failure) {
          pauseAfter(failure, failures++);
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void goOn() throws InterruptedException {
    if (record().status().state() instanceof RunState.Pending) {
      pauseBeforeRestart();
      launch();
    } else {
      look();
    }
  }

  /** What failed, a full disk most likely, is tried again ever more slowly, and told of once. */
  private synchronized void pauseAfter(RuntimeException failure, int before)
      throws InterruptedException {
    if (before == 0) {
      LOG.log(Level.ERROR, "run " + record.name() + " is held up; it is tried again", failure);
    }
    long millis = settings.poll().toMillis() << Math.min(before, 20);
    wait(Math.clamp(millis, 1, LONGEST_PAUSE.toMillis()));
  }

  private synchronized boolean isToBeFollowed() {
    followed = !closed && record.status().isLive();
    return followed;
  }

  /** A worker that got nowhere is started again ever more slowly. */
  private synchronized void pauseBeforeRestart() throws InterruptedException {
    int restarts = record.status().restarts();
    if (restarts > 1 && record.progress().pace().step() <= stepAtLaunch) {
      long seconds = Math.min(LONGEST_PAUSE.toSeconds(), 1L << Math.min(restarts - 2, 30));
      wait(Duration.ofSeconds(seconds).toMillis());
    }
  }

  private synchronized void launch() {
    if (closed || !(record.status().state() instanceof RunState.Pending)) {
      return;
    }
    stepAtLaunch = record.progress().pace().step();
    signal(record.status().nextEpoch(), new RunSignal.Launched(), "WorkerStarting", "");
    Pod started;
    try {
      started = backend.start(WorkerLaunch.of(record, directory, settings));
    } catch (WroughtException failure) {
      signal(
          new RunSignal.Ended(ExitCode.of(failure.code())),
          "WorkerNotStarted",
          String.valueOf(failure.getMessage()));
      return;
    }
    worker = Optional.of(new RunWorker(started, record.status().epoch()));
    // It lives, whether or not that can be written down now: if not, the next save does it.
    record = record.with(record.status().withPod(started.reference()));
    update(record);
  }

  /** One look at the worker and what it has written since the last. */
  private synchronized void look() throws InterruptedException {
    boolean alive = worker.filter(each -> each.pod().isAlive()).isPresent();
    if (alive) {
      killWhereOverdue();
    }
    readEvents();
    if (alive) {
      wait(settings.poll().toMillis());
    } else {
      conclude();
    }
  }

  private void readEvents() {
    JournalReader reader = new JournalReader(directory);
    RunProgress progress = record.progress();
    JournalReader.Batch batch = reader.read(progress.sequence());
    while (!batch.atEnd(progress.sequence())) {
      for (RunEvent event : batch.events()) {
        progress = progress.after(event);
        noteIfReady(event);
      }
      progress = progress.at(batch.sequence());
      record = record.with(progress);
      batch = reader.read(progress.sequence());
    }
    if (Duration.between(progressKept, clock.instant()).compareTo(KEEP_PROGRESS_EVERY) > 0) {
      update(record);
    }
  }

  private void noteIfReady(RunEvent event) {
    boolean ready =
        event.hasLifecycle()
            && event.getLifecycle().getState().equals(new RunState.Running().label())
            && RunEvents.runOf(event).getEpoch() == record.status().epoch();
    if (ready && record.status().state() instanceof RunState.Starting) {
      RunState next = record.status().state().after(new RunSignal.Ready());
      update(
          record.with(
              record
                  .status()
                  .changed(
                      next,
                      event.getLifecycle().getReason(),
                      event.getLifecycle().getMessage(),
                      clock.instant())));
    }
  }

  private void killWhereOverdue() {
    if (record.status().state() instanceof RunState.Stopping
        && Duration.between(record.status().since(), clock.instant())
                .compareTo(settings.stopGrace())
            > 0) {
      LOG.log(
          Level.WARNING,
          "the worker of {0} did not end within {1}: killed",
          record.name(),
          settings.stopGrace());
      worker.ifPresent(each -> each.pod().kill());
    }
  }

  /** The worker has ended: what follows depends on what it left behind. */
  private void conclude() {
    int epoch = worker.map(RunWorker::epoch).orElse(record.status().epoch());
    PodEnd end = PodEnd.of(directory, epoch, worker.map(RunWorker::pod));
    boolean stopping = record.status().state() instanceof RunState.Stopping;
    if (end instanceof PodEnd.Said(ExitCode code, _)
        && code == ExitCode.FENCED
        && anotherTrains(stopping)) {
      return;
    }
    switch (end) {
      case PodEnd.Said(ExitCode code, String message) ->
          signal(new RunSignal.Ended(code), PodEnd.reason(code, stopping), message);
      case PodEnd.Silent(String message) -> lost(message);
    }
    worker = Optional.empty();
  }

  /**
   * A worker whose start was never written down may train on in this run's folder, and has shut out
   * the one that was to take its place. @return whether it does; from now on it is the run's
   */
  private boolean anotherTrains(boolean stopping) {
    Optional<RunWorker> other = RunWorker.holder(directory, backend);
    other.ifPresent(found -> {
      if (stopping) {
        found.pod().stop();
      } else {
        signal(
            record.status().withPod(found.pod().reference()),
            new RunSignal.Ready(),
            "WorkerFound",
            "start %d trains on".formatted(found.epoch()));
      }
      worker = other;
    });
    return other.isPresent();
  }

  private void lost(String message) {
    int restarts = record.status().restarts();
    LOG.log(Level.WARNING, "the worker of {0} is lost: {1}", record.name(), message);
    if (restarts < record.restartBudget()) {
      signal(
          record.status().withRestarts(restarts + 1),
          new RunSignal.Lost(true),
          "WorkerLost",
          message);
    } else {
      signal(
          new RunSignal.Lost(false),
          "WorkerLost",
          "%s; all %d restarts are used up".formatted(message, record.restartBudget()));
    }
  }

  private boolean signal(RunSignal signal, String reason, String message) {
    return signal(record.status(), signal, reason, message);
  }

  /**
   * Takes a signal.
   *
   * @param from the present status, with what else changes at once
   * @return whether the state changed
   */
  private boolean signal(RunStatus from, RunSignal signal, String reason, String message) {
    RunState after = from.state().after(signal);
    if (after.equals(from.state())) {
      return false;
    }
    RunRecord next = record.with(from.changed(after, reason, message, clock.instant()));
    journal(next.toEvent());
    update(next);
    LOG.log(Level.INFO, "run {0}: {1} ({2}) {3}", next.name(), after.label(), reason, message);
    return true;
  }

  private void journal(LifecycleChanged.Builder change) {
    try (RunJournal journal = new RunJournal(directory, clock)) {
      journal.append(RunEvent.newBuilder().setLifecycle(change));
      journal.sync();
    }
  }

  private void update(RunRecord next) {
    store.save(next);
    record = next;
    progressKept = clock.instant();
    notifyAll();
  }
}
