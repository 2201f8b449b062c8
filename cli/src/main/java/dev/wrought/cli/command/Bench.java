package dev.wrought.cli.command;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.ExitCode;
import dev.wrought.core.error.WroughtException;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The words of {@code wrought bench}. Whoever measures stands in the benchmarks module, which the
 * launcher starts with these words; here the verb can only be explained.
 */
@Command(
    description = {
      "Measure speed against peers and limits.",
      "",
      "Both sides take turns in one run, so that both meet the same machine; a row is printed as"
          + " soon as it is measured."
    },
    footer = {
      "",
      "train      training steps against PyTorch's (WROUGHT_PEER_PYTHON names a Python",
      "           with torch)",
      "generate   tokens through serving-svc's stream against the model's own step",
      "tokenizer  encoding against JTokkit and Hugging Face's library, training against the latter",
      "           (WROUGHT_PEER_PYTHON names a Python with tokenizers), memory, datasets;",
      "           WROUGHT_BENCH_PROSE may name a folder of English text beside the JDK's comments"
    })
public final class Bench implements Callable<Integer> {
  /** What can be measured. */
  public enum Subject {
    TRAIN,
    GENERATE,
    TOKENIZER;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Who measures. */
  @FunctionalInterface
  public interface Measuring {
    /**
     * Measures, and prints the rows to stdout.
     *
     * @param rounds at least 1; empty: as many as give a steady median in little time
     * @param json one array of rows instead of a line each
     */
    ExitCode measure(Subject subject, OptionalInt rounds, boolean json);
  }

  @Parameters(paramLabel = "NAME", description = "${COMPLETION-CANDIDATES}.")
  private Subject subject = Subject.TRAIN;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description =
          "How often each side is measured; the median counts (default: the benchmark's, and fewer"
              + " where a round takes minutes).")
  private @Nullable Integer rounds;

  @Option(names = "--json", description = "Print one JSON array of rows.")
  private boolean json;

  @Mixin private final HelpOption help = new HelpOption();

  @Spec private CommandSpec spec;

  private final Measuring measuring;

  Bench(Measuring measuring) {
    this.measuring = measuring;
  }

  @Override
  public Integer call() {
    if (rounds == null) {
      return measuring.measure(subject, OptionalInt.empty(), json).code();
    }
    if (rounds < 1) {
      throw new ParameterException(
          spec.commandLine(), "--rounds is %d, it must be at least 1".formatted(rounds));
    }
    return measuring.measure(subject, OptionalInt.of(rounds), json).code();
  }

  /** Nobody measures here. */
  static ExitCode elsewhere(Subject subject) {
    throw new WroughtException(
        ErrorCode.FAILED_PRECONDITION,
        "bench is started by the launcher: ./wrought bench " + subject);
  }
}
