package dev.wrought.benchmarks;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.util.Map;
import java.util.Objects;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * A method that JMH measures, in a process of its own each time: so that two sides take turns.
 *
 * @param type has the method
 * @param parameters of its state, by name
 * @param threads that run it at once
 * @param warmUps iterations before the one that is measured
 */
record Jmh(Class<?> type, String method, Map<String, String> parameters, int threads, int warmUps) {
  private static final TimeValue ITERATION = TimeValue.seconds(2);

  /** What was measured once. */
  record Measured(RunResult result) {
    /** In the unit of the method. */
    double score() {
      return result.getPrimaryResult().getScore();
    }

    /** Something that was counted beside it. */
    long count(String name) {
      Result<?> counted = Objects.requireNonNull(result.getSecondaryResults().get(name), name);
      return (long) counted.getScore();
    }
  }

  Measured run() {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + type.getName().replace(".", "\\.") + "\\." + method + "$")
            .threads(threads)
            .forks(1)
            .warmupIterations(warmUps)
            .warmupTime(ITERATION)
            .measurementIterations(1)
            .measurementTime(ITERATION)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .jvmArgs(
                "-Xmx3g",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow");
    parameters.forEach(options::param);
    try {
      return new Measured(new Runner(options.build()).runSingle());
    } catch (RunnerException failure) {
      throw new WroughtException(
          ErrorCode.INTERNAL_ERROR,
          "%s.%s failed: %s".formatted(type.getSimpleName(), method, failure.getMessage()),
          failure);
    }
  }
}
