package dev.wrought.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.ExitCode;
import dev.wrought.core.error.WroughtException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * {@code ./wrought bench NAME [--json] [--rounds N]}: runs a benchmark and prints its rows, as a
 * table or as one JSON array.
 */
public final class Bench {

  private static final List<Benchmark> ALL = List.of(new TrainBenchmark(), new GenerateBenchmark());

  private static final ObjectMapper JSON = new ObjectMapper();

  private Bench() {}

  /** The program. */
  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments)).code());
  }

  private static ExitCode run(List<String> arguments) {
    if (arguments.isEmpty() || arguments.getFirst().startsWith("-")) {
      System.err.println(usage());
      return arguments.contains("--help") ? ExitCode.OK : ExitCode.USAGE;
    }
    try {
      List<BenchmarkRow> rows = named(arguments.getFirst()).run(rounds(arguments));
      System.out.println(arguments.contains("--json") ? json(rows) : table(rows));
      return ExitCode.OK;
    } catch (WroughtException e) {
      System.err.println("wrought bench: " + e.getMessage());
      return ExitCode.of(e.code());
    }
  }

  private static Benchmark named(String name) {
    return ALL.stream()
        .filter(benchmark -> benchmark.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new WroughtException(ErrorCode.NOT_FOUND, unknown(name)));
  }

  private static String unknown(String name) {
    return "there is no benchmark \"%s\"; known are %s"
        .formatted(name, ALL.stream().map(Benchmark::name).collect(Collectors.joining(", ")));
  }

  private static int rounds(List<String> arguments) {
    int at = arguments.indexOf("--rounds");
    if (at < 0) {
      return named(arguments.getFirst()).defaultRounds();
    }
    String value = at + 1 < arguments.size() ? arguments.get(at + 1) : "";
    if (!value.matches("[1-9][0-9]{0,3}")) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT,
          "--rounds is \"%s\", it must be a number from 1 to 9999".formatted(value));
    }
    return Integer.parseInt(value);
  }

  static String json(List<BenchmarkRow> rows) {
    ArrayNode array = JSON.createArrayNode();
    rows.forEach(row -> row.json(array.addObject()));
    return array.toPrettyString();
  }

  private static String table(List<BenchmarkRow> rows) {
    return rows.stream().map(Bench::line).collect(Collectors.joining("\n"));
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

  private static String usage() {
    return ALL.stream()
        .map(benchmark -> "  %-10s %s".formatted(benchmark.name(), benchmark.summary()))
        .collect(
            Collectors.joining("\n", "Usage: wrought bench NAME [--json] [--rounds N]\n\n", ""));
  }
}
