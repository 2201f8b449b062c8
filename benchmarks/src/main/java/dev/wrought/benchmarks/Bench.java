package dev.wrought.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.ExitCode;
import dev.wrought.core.error.Nearest;
import dev.wrought.core.error.WroughtException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./wrought bench NAME}: runs a benchmark and prints its rows. */
@Command(
    name = "wrought bench",
    description = "Measure the speed of a part beside its peers, by turns, in one run.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:done",
      " 1:a defect of ours",
      " 2:wrong usage",
      " 3:no such benchmark",
      " 4:no memory, disk or JDK 25 for it",
      " 5:a peer does not run, or ended"
    })
public final class Bench implements Callable<Integer> {
  private static final Map<String, Benchmark> ALL =
      Stream.of(new TrainBenchmark(), new GenerateBenchmark())
          .collect(Collectors.toUnmodifiableMap(Benchmark::name, Function.identity()));

  private static final ObjectMapper JSON = new ObjectMapper();

  @Parameters(paramLabel = "NAME", description = "Which one.")
  private String name = "";

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description =
          "How often each side is measured; the median counts (default: the benchmark's, and fewer"
              + " where a round takes minutes).")
  private Optional<Integer> rounds = Optional.empty();

  @Option(names = "--json", description = "Print one JSON array of rows.")
  private boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Spec private CommandSpec spec;

  private Bench() {}

  /** The program. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Bench());
    line.getCommandSpec()
        .usageMessage()
        .footer(
            ALL.values().stream()
                .sorted(Comparator.comparing(Benchmark::name))
                .map(benchmark -> "  %-10s %s".formatted(benchmark.name(), benchmark.summary()))
                .toArray(String[]::new))
        .footerHeading("%nBenchmarks:%n");
    return line;
  }

  @Override
  public Integer call() {
    try {
      Benchmark benchmark = benchmark();
      measure(benchmark, rounds(benchmark));
      return ExitCode.OK.code();
    } catch (WroughtException e) {
      System.err.println("wrought bench: " + e.getMessage());
      return ExitCode.of(e.code()).code();
    }
  }

  /** Prints what was measured, even where a later case fails. */
  private void measure(Benchmark benchmark, Rounds rounds) {
    List<BenchmarkRow> rows = new ArrayList<>();
    try {
      benchmark.run(rounds, json ? rows::add : row -> System.out.println(line(row)));
    } finally {
      if (json) {
        System.out.println(json(rows));
      }
    }
  }

  private Benchmark benchmark() {
    Benchmark found = ALL.get(name);
    if (found == null) {
      throw new WroughtException(
          ErrorCode.NOT_FOUND,
          "there is no benchmark \"%s\"%s".formatted(name, Nearest.allowed(name, ALL.keySet())));
    }
    return found;
  }

  private Rounds rounds(Benchmark benchmark) {
    int wanted = rounds.orElse(benchmark.defaultRounds());
    if (wanted < 1) {
      throw new ParameterException(
          spec.commandLine(), "--rounds is %d, it must be at least 1".formatted(wanted));
    }
    return rounds.isPresent() ? Rounds.exactly(wanted) : Rounds.upTo(wanted);
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
