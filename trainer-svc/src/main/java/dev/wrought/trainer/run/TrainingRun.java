package dev.wrought.trainer.run;

import dev.wrought.core.error.ExitCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.proto.events.v1.LifecycleChanged;
import dev.wrought.proto.trainer.v1.RunEvent;
import dev.wrought.trainer.backend.Pod;
import dev.wrought.trainer.backend.PodBackend;
import dev.wrought.trainer.backend.PodReference;
import dev.wrought.trainer.journal.JournalReader;
import dev.wrought.trainer.journal.RunDirectory;
import dev.wrought.trainer.journal.RunEvents;
import dev.wrought.trainer.journal.RunJournal;
import dev.wrought.trainer.journal.WorkerLock;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * One run and its present worker. While the run is live one virtual thread follows it: starts its
 * worker, reads its events, sees it end, and starts another where it was lost. A change of state is
 * written to the journal first and to {@code run.json} second, so a crash between the two tells the
 * change again, under the same event id. Thread-safe.
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
  private Optional<Pod> pod = Optional.empty();
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
      pod = findPod();
      LOG.log(
          Level.INFO,
          "run {0} is {1}; its worker {2}",
          record.name(),
          record.status().state().label(),
          pod.map(found -> "lives: " + found.reference()).orElse("is gone"));
      follow();
    }
  }

  private Optional<Pod> findPod() {
    Optional<PodReference> known = record.status().pod();
    if (known.isEmpty()) { // the service died while it started the worker, which says who it is
      known =
          WorkerLock.holder(directory)
              .filter(holder -> holder.epoch() == record.status().epoch())
              .map(holder -> new PodReference(holder.pid(), holder.started()));
    }
    return known.flatMap(backend::adopt);
  }

  /** Asks the worker to save and end; at once where there is none. */
  synchronized void stop() {
    if (record.status().state().equals(new RunState.Stopping())) {
      return;
    }
    boolean live = record.status().isLive();
    signal(new RunSignal.StopAsked(), "StoppedByUser", "");
    if (live) {
      pod.ifPresent(Pod::stop);
    }
  }

  /** Goes on from the newest good checkpoint, with a budget of restarts anew. */
  synchronized void resume() {
    if (signal(new RunSignal.ResumeAsked(), "ResumedByUser", "")) {
      update(record.with(record.status().withRestarts(0)));
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
    try {
      while (isToBeFollowed()) {
        if (record().status().state() instanceof RunState.Pending) {
          pauseBeforeRestart();
          launch();
        } else {
          look();
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException failure) {
      LOG.log(Level.ERROR, "run " + record().name() + " can no longer be followed", failure);
      unfollowed();
    }
  }

  private synchronized boolean isToBeFollowed() {
    followed = !closed && record.status().isLive();
    return followed;
  }

  private synchronized void unfollowed() {
    followed = false;
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
    update(record.with(record.status().nextEpoch()));
    signal(new RunSignal.Launched(), "WorkerStarting", "");
    try {
      Pod started = backend.start(WorkerLaunch.of(record, directory, settings));
      pod = Optional.of(started);
      update(record.with(record.status().withPod(started.reference())));
    } catch (WroughtException failure) {
      signal(
          new RunSignal.Ended(ExitCode.of(failure.code())),
          "WorkerNotStarted",
          String.valueOf(failure.getMessage()));
    }
  }

  /** One look at the worker and what it has written since the last. */
  private synchronized void look() throws InterruptedException {
    boolean alive = pod.isPresent() && pod.get().isAlive();
    readEvents();
    if (alive) {
      killWhereOverdue();
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
      pod.ifPresent(Pod::kill);
    }
  }

  /** The worker has ended: what follows depends on what it left behind. */
  private void conclude() {
    PodEnd end = PodEnd.of(directory, record.status().epoch(), pod);
    pod = Optional.empty();
    boolean stopping = record.status().state() instanceof RunState.Stopping;
    switch (end) {
      case PodEnd.Said(ExitCode code, String message) ->
          signal(new RunSignal.Ended(code), PodEnd.reason(code, stopping), message);
      case PodEnd.Silent(String message) -> lost(message);
    }
  }

  private void lost(String message) {
    boolean budgetLeft = record.status().restarts() < record.restartBudget();
    LOG.log(Level.WARNING, "the worker of {0} is lost: {1}", record.name(), message);
    if (budgetLeft) {
      update(record.with(record.status().withRestarts(record.status().restarts() + 1)));
      signal(new RunSignal.Lost(true), "WorkerLost", message);
    } else {
      signal(
          new RunSignal.Lost(false),
          "WorkerLost",
          "%s; all %d restarts are used up".formatted(message, record.restartBudget()));
    }
  }

  /** Takes a signal. @return whether the state changed */
  private boolean signal(RunSignal signal, String reason, String message) {
    RunState before = record.status().state();
    RunState after = before.after(signal);
    if (after.equals(before)) {
      return false;
    }
    RunRecord next = record.with(record.status().changed(after, reason, message, clock.instant()));
    LOG.log(Level.INFO, "run {0}: {1} ({2}) {3}", next.name(), after.label(), reason, message);
    record = next;
    journal(next.toEvent());
    update(next);
    return true;
  }

  private void journal(LifecycleChanged.Builder change) {
    try (RunJournal journal = new RunJournal(directory, clock)) {
      journal.append(RunEvent.newBuilder().setLifecycle(change));
      journal.sync();
    }
  }

  private void update(RunRecord next) {
    record = next;
    store.save(next);
    progressKept = clock.instant();
    notifyAll();
  }
}
