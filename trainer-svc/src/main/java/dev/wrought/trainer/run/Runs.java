package dev.wrought.trainer.run;

import dev.wrought.core.artifact.DurableFiles;
import dev.wrought.core.checkpoint.RunFolder;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.Nearest;
import dev.wrought.core.error.WroughtException;
import dev.wrought.trainer.backend.PodBackend;
import dev.wrought.trainer.journal.RunDirectory;
import dev.wrought.trainer.plan.Plan;
import dev.wrought.trainer.plan.Planner;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All runs under one home, live and ended. One process at a time keeps a home's runs: it holds the
 * lock {@code runs/.lock}. Thread-safe.
 */
public final class Runs implements AutoCloseable {
  /** A worker that is killed is seen to be gone within this. */
  private static final Duration REAPING = Duration.ofSeconds(10);

  /** How many runs a message names. */
  private static final int NAMED = 10;

  private final RunSettings settings;
  private final Planner planner;
  private final PodBackend backend;
  private final InstantSource clock;
  private final RunStore store;
  private final FileChannel lock;
  private final Map<String, TrainingRun> runs = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /**
   * Finds the runs of a home, and goes on following the live ones.
   *
   * @throws WroughtException LOCKED where another process keeps this home's runs, STORAGE
   */
  public Runs(RunSettings settings, Planner planner, PodBackend backend, InstantSource clock) {
    this.settings = settings;
    this.planner = planner;
    this.backend = backend;
    this.clock = clock;
    this.store = new RunStore(settings.home());
    try {
      this.lock = lock(Files.createDirectories(RunFolder.all(settings.home())));
      for (RunRecord record : store.loadAll()) {
        runs.put(record.uid(), new TrainingRun(record, settings, store, backend, clock));
      }
    } catch (IOException failure) {
      throw storage("the runs under %s cannot be read".formatted(settings.home()), failure);
    }
    runs.values().forEach(TrainingRun::recover);
  }

  private static FileChannel lock(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve(".lock"), StandardOpenOption.WRITE, StandardOpenOption.CREATE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException ours) {
      // Falls through: taken, by this very process.
    }
    channel.close();
    throw new WroughtException(
        ErrorCode.LOCKED,
        "another trainer-svc keeps the runs in %s; stop it, or set WROUGHT_HOME to another folder"
            .formatted(folder));
  }

  /**
   * Checks a recipe and says what its run would be; nothing is written.
   *
   * @throws WroughtException INVALID_RECIPE naming every problem
   */
  public Plan check(String recipeYaml, String origin) {
    return planner.plan(recipeYaml, origin);
  }

  /**
   * Checks a recipe and starts its run.
   *
   * @throws WroughtException INVALID_RECIPE naming every problem; ALREADY_EXISTS while a live run
   *     has its name; STORAGE: then there is no such run
   */
  public RunView submit(String recipeYaml, String origin) {
    Plan plan = planner.plan(recipeYaml, origin);
    TrainingRun run = create(plan);
    try {
      run.announce(plan.recipe().toYaml());
    } catch (RuntimeException failure) {
      runs.remove(run.record().uid()); // its name is free again
      throw failure;
    }
    return view(run);
  }

  private synchronized TrainingRun create(Plan plan) {
    String name = plan.recipe().name();
    runs.values().stream()
        .map(TrainingRun::record)
        .filter(run -> run.name().equals(name) && run.status().isLive())
        .findFirst()
        .ifPresent(live -> {
          throw new WroughtException(
              ErrorCode.ALREADY_EXISTS,
              "a run named %s is %s already (%s); stop it, or give this one another name"
                  .formatted(name, live.status().state().label(), live.uid()));
        });
    String uid = RunUid.next(clock);
    RunDirectory directory = store.directory(uid);
    try {
      Files.createDirectories(directory.checkpoints());
      DurableFiles.write(
          directory.recipe(), plan.recipe().toYaml().getBytes(StandardCharsets.UTF_8));
    } catch (IOException failure) {
      throw storage("the run's folder %s cannot be made".formatted(directory.path()), failure);
    }
    Instant now = clock.instant();
    RunRecord record =
        new RunRecord(
            uid,
            name,
            now,
            plan.facts(),
            plan.recipe().spec().workers().restartBudget(),
            plan.warnings(),
            plan.recipe().spec().suspend() ? RunStatus.suspended(now) : RunStatus.submitted(now),
            RunProgress.NONE);
    TrainingRun run = new TrainingRun(record, settings, store, backend, clock);
    runs.put(uid, run);
    return run;
  }

  /**
   * A run.
   *
   * @param nameOrUid its uid, or the name of it: then the newest one with that name
   * @throws WroughtException NOT_FOUND
   */
  public RunView get(String nameOrUid) {
    return view(find(nameOrUid));
  }

  /** Every run, newest first. @param liveOnly leaves out those that have ended */
  public List<RunView> list(boolean liveOnly) {
    return runs.values().stream()
        .filter(run -> !liveOnly || run.record().status().isLive())
        .map(Runs::view)
        .sorted(Comparator.comparing((RunView run) -> run.record().uid()).reversed())
        .toList();
  }

  /** Asks a run to save and end, and waits until it has: the worker is killed in the end. */
  public RunView stop(String nameOrUid) throws InterruptedException {
    TrainingRun run = find(nameOrUid);
    run.stop();
    run.awaitEnded(settings.stopGrace().plus(REAPING));
    return view(run);
  }

  /**
   * Goes on from a run's newest good checkpoint.
   *
   * @throws WroughtException FAILED_PRECONDITION where there is nothing left to do, or its name has
   *     been given to another live run
   */
  public synchronized RunView resume(String nameOrUid) {
    TrainingRun run = find(nameOrUid);
    RunRecord record = run.record();
    boolean taken =
        runs.values().stream()
            .map(TrainingRun::record)
            .anyMatch(other ->
                other.name().equals(record.name())
                    && !other.uid().equals(record.uid())
                    && other.status().isLive());
    if (taken) {
      throw new WroughtException(
          ErrorCode.FAILED_PRECONDITION,
          "another live run is named %s now; stop that one first".formatted(record.name()));
    }
    run.resume();
    return view(run);
  }

  /** Whether runs are no longer followed. */
  public boolean isClosed() {
    return closed;
  }

  private TrainingRun find(String nameOrUid) {
    TrainingRun byUid = runs.get(nameOrUid);
    if (byUid != null) {
      return byUid;
    }
    return runs.values().stream()
        .filter(run -> run.record().name().equals(nameOrUid))
        .max(Comparator.comparing(run -> run.record().uid()))
        .orElseThrow(() -> notFound(nameOrUid));
  }

  private WroughtException notFound(String nameOrUid) {
    List<String> names =
        runs.values().stream().map(run -> run.record().name()).distinct().sorted().toList();
    return new WroughtException(
        ErrorCode.NOT_FOUND,
        "there is no run %s; %s"
            .formatted(
                nameOrUid,
                names.isEmpty()
                    ? "none has been submitted yet"
                    : "known are " + Nearest.listed(nameOrUid, names, NAMED)));
  }

  private static RunView view(TrainingRun run) {
    return new RunView(run.record(), run.directory());
  }

  private static WroughtException storage(String what, IOException failure) {
    return new WroughtException(
        ErrorCode.STORAGE,
        "%s: %s; check its permissions and free space".formatted(what, failure.getMessage()),
        failure);
  }

  /** Ends the following. Workers go on by themselves, and are found again at the next start. */
  @Override
  public void close() {
    closed = true;
    runs.values().forEach(TrainingRun::close);
    try {
      lock.close();
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
  }
}
