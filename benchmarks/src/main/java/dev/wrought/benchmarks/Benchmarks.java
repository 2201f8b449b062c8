package dev.wrought.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.wrought.cli.Wrought;
import dev.wrought.cli.command.Bench;
import dev.wrought.cli.command.WroughtCommand;
import dev.wrought.core.error.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** {@code ./wrought bench NAME}: runs a benchmark and prints its rows. */
public final class Benchmarks {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Benchmarks() {}

  /**
   * The program.
   *
   * @param words what follows {@code ./wrought}, from {@code bench} on
   */
  public static void main(String[] words) {
    System.exit(WroughtCommand.bench(Wrought.workplace(), Benchmarks::measure).execute(words));
  }

  private static ExitCode measure(Bench.Subject subject, OptionalInt rounds, boolean json) {
    Benchmark benchmark =
        switch (subject) {
          case TRAIN -> new TrainBenchmark();
          case GENERATE -> new GenerateBenchmark();
          case TOKENIZER -> new TokenizerBenchmark();
        };
    measure(
        benchmark,
        rounds.isPresent()
            ? Rounds.exactly(rounds.getAsInt())
            : Rounds.upTo(benchmark.defaultRounds()),
        json);
    return ExitCode.OK;
  }

  /** Prints what was measured, even where a later case fails. */
  private static void measure(Benchmark benchmark, Rounds rounds, boolean json) {
    List<BenchmarkRow> rows = new ArrayList<>();
    try {
      benchmark.run(rounds, json ? rows::add : row -> System.out.println(line(row)));
    } finally {
      if (json) {
        System.out.println(json(rows));
      }
    }
  }

  static String json(List<BenchmarkRow> rows) {
    ArrayNode array = JSON.createArrayNode();
    rows.forEach(row -> row.json(array.addObject()));
    return array.toPrettyString();
  }

  private static String line(BenchmarkRow row) {
    String peer =
        row.peer()
            .map(p ->
                String.format(Locale.ROOT, "%s %,.0f, ratio %.2f", p.name(), p.figure(), p.ratio()))
            .orElse("no peer");
    String goal = row.goal().isPresent() ? format(" (goal %.2f)", row.goal().getAsDouble()) : "";
    String limit =
        row.ofLimit().isPresent()
            ? format("; %.0f%% of the machine's limit", 100 * row.ofLimit().getAsDouble())
            : "";
    return String.format(
        Locale.ROOT,
        "%s: %,.0f %s; %s%s%s",
        row.title(),
        row.ours(),
        row.metric(),
        peer,
        goal,
        limit);
  }

  private static String format(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
