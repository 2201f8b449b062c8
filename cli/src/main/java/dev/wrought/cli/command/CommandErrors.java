package dev.wrought.cli.command;

import dev.wrought.cli.client.Failures;
import dev.wrought.cli.terminal.Terminal;
import dev.wrought.cli.terminal.Terminal.ReaderGone;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.ErrorKind;
import dev.wrought.core.error.ExitCode;
import dev.wrought.core.error.Nearest;
import dev.wrought.core.error.WroughtException;
import io.grpc.StatusRuntimeException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * How failures end the command: a line or more on stderr that say what, why and what to do, and the
 * exit code of {@link ExitCode}. A defect shows its stack, since its reader is one of us.
 */
final class CommandErrors {
  /** How picocli lists what an enum allows; users write it in lower case. */
  private static final Pattern CHOICE =
      Pattern.compile("expected (one of \\[[^]]*]) \\(case-insensitive\\)");

  private CommandErrors() {}

  static CommandLine handledBy(CommandLine line, Terminal terminal) {
    line.setParameterExceptionHandler((failure, _) -> usage(failure, terminal));
    line.setExecutionExceptionHandler((failure, _, _) -> failed(failure, terminal));
    line.setExecutionStrategy(words -> run(words, terminal));
    line.setOut(new PrintWriter(results(terminal)));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    inOrder(line);
    return line;
  }

  /** A help, or the rest of a result, that cannot be written fails as any other result. */
  private static int run(ParseResult words, Terminal terminal) {
    try {
      int code = new RunLast().execute(words);
      terminal.flush();
      return code;
    } catch (OutOfMemoryError full) {
      return outOfMemory(full, terminal);
    } catch (WroughtException | ReaderGone unwritten) {
      throw new ExecutionException(words.commandSpec().commandLine(), "result", unwritten);
    }
  }

  private static Writer results(Terminal terminal) {
    return new Writer() {
      @Override
      public void write(char[] text, int start, int length) {
        terminal.text(String.valueOf(text, start, length));
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }

  /** A verb's own options first, as they are written in its class. */
  private static void inOrder(CommandLine line) {
    line.getCommandSpec()
        .usageMessage()
        .sortOptions(false)
        .parameterListHeading("%nArguments:%n")
        .optionListHeading("%nOptions:%n")
        .commandListHeading("%nVerbs:%n");
    line.getSubcommands().values().forEach(CommandErrors::inOrder);
  }

  /** Says what was wrong with the words, and what was perhaps meant. */
  private static int usage(ParameterException failure, Terminal terminal) {
    CommandLine verb = failure.getCommandLine();
    String name = verb.getCommandSpec().qualifiedName();
    String message =
        CHOICE
            .matcher(String.valueOf(failure.getMessage()))
            .replaceFirst(choice -> "expected " + choice.group(1).toLowerCase(Locale.ROOT))
            .replace("is not a double", "is not a number")
            .replace("is not a float", "is not a number")
            .replaceAll("is not (an int|a long)$", "is not a whole number");
    if (failure instanceof UnmatchedArgumentException unmatched
        && !unmatched.getUnmatched().isEmpty()) {
      message = unknown(verb, unmatched.getUnmatched().getFirst());
    }
    terminal.note(terminal.styled(Terminal.Style.BAD, "wrought: ") + message);
    terminal.note("see: ./" + name + " --help");
    return ExitCode.USAGE.code();
  }

  private static String unknown(CommandLine verb, String word) {
    if (word.startsWith("-")) {
      String flag = word.replaceFirst("=.*", "");
      return "unknown option " + flag + meant(flag, flags(verb));
    }
    if (!verb.getSubcommands().isEmpty()) {
      return "unknown verb \"" + word + "\"" + meant(word, verb.getSubcommands().keySet());
    }
    return "unexpected argument \"" + word + "\"";
  }

  private static String meant(String word, Collection<String> known) {
    return Nearest.meant(word, known).map(name -> "; did you mean \"" + name + "\"?").orElse("");
  }

  private static List<String> flags(CommandLine verb) {
    List<String> names = new ArrayList<>();
    verb.getCommandSpec().options().forEach(option -> names.addAll(List.of(option.names())));
    names.removeIf(name -> !name.startsWith("--"));
    return names;
  }

  private static int failed(Exception failure, Terminal terminal) {
    return switch (failure) {
      case ReaderGone _ -> ExitCode.OK.code();
      case WroughtException known -> explain(known, terminal);
      case StatusRuntimeException call -> explain(Failures.of(call), terminal);
      default -> {
        terminal.note(terminal.styled(Terminal.Style.BAD, "wrought: a defect: ") + failure);
        for (StackTraceElement element : failure.getStackTrace()) {
          terminal.note("    at " + element);
        }
        yield ExitCode.INTERNAL.code();
      }
    };
  }

  /** What was too large is free again by now; an array can also be larger than any heap allows. */
  private static int outOfMemory(OutOfMemoryError full, Terminal terminal) {
    long megabytes = Runtime.getRuntime().maxMemory() >> 20;
    terminal.note(
        "%sout of memory, of which this process may take %d MB (%s): give it less at once, such as smaller files or lines (tokenizer encode --lines), or let it take more: JDK_JAVA_OPTIONS=-Xmx%dm"
            .formatted(
                terminal.styled(Terminal.Style.BAD, "wrought: "),
                megabytes,
                full.getMessage(),
                2 * megabytes));
    return ExitCode.RESOURCES.code();
  }

  private static int explain(WroughtException failure, Terminal terminal) {
    String mark = terminal.styled(Terminal.Style.BAD, "wrought: ");
    terminal.note(mark + failure.getMessage());
    if (failure.code().kind() == ErrorKind.INTERNAL) {
      terminal.note(failure.code().label() + "; more in ./wrought logs");
    }
    return exitCode(failure.code()).code();
  }

  /**
   * A damaged file is wrong input here: the user named it. To a worker, whose code {@link ExitCode}
   * gives, it is its storage that failed.
   */
  private static ExitCode exitCode(ErrorCode code) {
    return code == ErrorCode.CORRUPT_FILE ? ExitCode.INVALID_INPUT : ExitCode.of(code);
  }
}
