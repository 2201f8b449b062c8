package dev.wrought.core.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Fuzzes one target for what is left of its time. How far it has come is saved all along: whatever
 * ends it, it goes on from there, as long as the parser's code is the same.
 */
final class FuzzRun {
  private static final long SAVED_EVERY_MILLIS = 1_000;
  private static final long TOLD_EVERY_SECONDS = 60;

  private final FuzzTarget target;
  private final FuzzFolders folders;
  private final FuzzDriver driver;
  private final Clock clock;
  private final Consumer<String> listener;

  /**
   * @param listener is told what is done, a line at a time
   */
  FuzzRun(
      FuzzTarget target,
      FuzzFolders folders,
      FuzzDriver driver,
      Clock clock,
      Consumer<String> listener) {
    this.target = target;
    this.folders = folders;
    this.driver = driver;
    this.clock = clock;
    this.listener = listener;
  }

  /**
   * Fuzzes.
   *
   * @param whole how long the target is fuzzed all in all
   * @param most how long in this run
   */
  FuzzOutcome run(Duration whole, Duration most) throws IOException, InterruptedException {
    String code = ParserCode.digest(folders.sources(), target.code());
    Optional<FuzzProgress> stamped = FuzzProgress.of(code, folders.stamp());
    if (stamped.isPresent() && stamped.get().seconds() >= whole.toSeconds()) {
      return new FuzzOutcome.Unchanged();
    }
    prepare();
    FuzzProgress before = FuzzProgress.of(code, folders.progress()).orElse(FuzzProgress.none(code));
    long left = Math.min(whole.toSeconds() - before.seconds(), most.toSeconds());
    if (left > 0 && !fuzz(before, Duration.ofSeconds(left))) {
      return new FuzzOutcome.Found(keep());
    }
    FuzzProgress done = left > 0 ? FuzzProgress.of(code, folders.progress()).orElseThrow() : before;
    if (done.seconds() < whole.toSeconds()) {
      return new FuzzOutcome.Unfinished(done);
    }
    new FuzzStamp(done, clock.instant(), FuzzStamp.commitOf(folders.sources()))
        .write(folders.stamp());
    return new FuzzOutcome.Finished(done);
  }

  private void prepare() throws IOException {
    for (Path folder :
        List.of(folders.corpus(), folders.seeds(), folders.failing(), folders.temporary())) {
      Files.createDirectories(folder);
    }
    List<byte[]> seeds = target.seeds();
    for (int seed = 0; seed < seeds.size(); seed++) {
      Files.write(folders.seeds().resolve("seed-" + seed), seeds.get(seed));
    }
  }

  /** Whether it ended without a find. */
  private boolean fuzz(FuzzProgress before, Duration time)
      throws IOException, InterruptedException {
    listener.accept(
        "fuzzing %s for %d s (%d s done before)"
            .formatted(target.name(), time.toSeconds(), before.seconds()));
    Process process = driver.start(target, folders, time);
    FuzzLog log = new FuzzLog(process, folders.log());
    FutureTask<Void> copying =
        new FutureTask<>(() -> {
          log.copy();
          return null;
        });
    try {
      Thread.ofVirtual().start(copying);
      watch(process, log, before);
      copying.get();
    } catch (ExecutionException failure) {
      throw new IOException("cannot keep the log " + folders.log(), failure);
    } finally {
      process.destroyForcibly();
    }
    if (process.exitValue() == 0) {
      before.plus(time.toSeconds(), log.executions()).save(folders.progress());
    }
    return process.exitValue() == 0;
  }

  private void watch(Process process, FuzzLog log, FuzzProgress before)
      throws IOException, InterruptedException {
    long began = System.nanoTime();
    long told = 0;
    while (!process.waitFor(SAVED_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
      if (!log.isFuzzing()) {
        began = System.nanoTime();
      }
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
      before.plus(seconds, log.executions()).save(folders.progress());
      if (seconds >= told + TOLD_EVERY_SECONDS) {
        told = seconds;
        listener.accept(
            "fuzzing %s: %d inputs in %d s".formatted(target.name(), log.executions(), seconds));
      }
    }
  }

  /** Moves the inputs that failed to where every build reads them. */
  private List<Path> keep() throws IOException {
    List<Path> kept = new ArrayList<>();
    try (Stream<Path> failing = Files.list(folders.failing())) {
      for (Path input : failing.toList()) {
        Files.createDirectories(folders.found());
        Path found = folders.found().resolve(input.getFileName());
        kept.add(Files.move(input, found, StandardCopyOption.REPLACE_EXISTING));
      }
    }
    if (kept.isEmpty()) {
      throw new IllegalStateException("the fuzzer failed by itself; see " + folders.log());
    }
    return kept;
  }
}
