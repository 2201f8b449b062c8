package dev.wrought.core.fuzz;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Fuzzes a module's parsers: each for ten minutes if it has changed since the last time, as many at
 * once as there are processors. Ended early it goes on where it was, and WROUGHT_FUZZ_SECONDS ends
 * it for each target after so many seconds, for a trial.
 */
@Tag("long")
@Tag("fuzz")
public abstract class FuzzContract {
  private static final Duration WHOLE = Duration.ofMinutes(10);
  private static final String SECONDS = "WROUGHT_FUZZ_SECONDS";

  /** The module's parsers. */
  protected abstract List<FuzzTarget> targets();

  @TestFactory
  Stream<DynamicTest> parser_whateverItReads_readsOrRefusesByName() {
    List<FuzzTarget> targets = targets();
    List<Future<FuzzOutcome>> outcomes = start(targets);
    List<DynamicTest> tests = new ArrayList<>();
    for (int i = 0; i < targets.size(); i++) {
      String name = targets.get(i).name();
      Future<FuzzOutcome> outcome = outcomes.get(i);
      tests.add(DynamicTest.dynamicTest(name, () -> judge(name, outcome)));
    }
    return tests.stream();
  }

  private static List<Future<FuzzOutcome>> start(List<FuzzTarget> targets) {
    ExecutorService processors =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    List<Future<FuzzOutcome>> outcomes =
        targets.stream().map(target -> processors.submit(fuzzing(target))).toList();
    processors.shutdown();
    return outcomes;
  }

  private static Callable<FuzzOutcome> fuzzing(FuzzTarget target) {
    FuzzFolders folders = new FuzzFolders(Path.of("").toAbsolutePath(), target.name());
    Duration most =
        Duration.ofSeconds(
            Long.parseLong(
                System.getenv().getOrDefault(SECONDS, String.valueOf(WHOLE.toSeconds()))));
    return () ->
        new FuzzRun(target, folders, new JazzerProcess(), Clock.systemUTC(), System.out::println)
            .run(WHOLE, most);
  }

  private static void judge(String name, Future<FuzzOutcome> outcome)
      throws InterruptedException, ExecutionException {
    switch (outcome.get()) {
      case FuzzOutcome.Unchanged() ->
          abort("the parser has not changed since it was fuzzed (src/test/fuzz)");
      case FuzzOutcome.Finished(FuzzProgress done) -> tell(name, done, "stamped");
      case FuzzOutcome.Unfinished(FuzzProgress done) -> tell(name, done, "more is left");
      case FuzzOutcome.Found(List<Path> inputs) ->
          fail("%s fails at %s, which every test run reads from now on".formatted(name, inputs));
    }
  }

  private static void tell(String name, FuzzProgress done, String more) {
    System.out.printf(
        "fuzzed %s: %d inputs in %d s, nothing found; %s%n",
        name, done.executions(), done.seconds(), more);
  }
}
