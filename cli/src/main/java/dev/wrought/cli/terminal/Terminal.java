package dev.wrought.cli.terminal;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * The user's side of the command: results on {@code out}, everything else on {@code err}. Which
 * streams are terminals, and how wide, is told by the launcher: Java cannot ask without starting a
 * process.
 *
 * <p>Results for a file or a pipe are gathered, since a write to the system for each of millions of
 * lines takes most of the time; whoever has printed all, or waits, calls {@link #flush}. A line for
 * the user comes after the results before it.
 *
 * <p>Thread-safe as far as the two streams are: a line is printed whole.
 */
public final class Terminal {
  /** What fits nearly everywhere when nobody tells the width. */
  private static final int DEFAULT_COLUMNS = 80;

  private static final int GATHERED_BYTES = 64 << 10;

  private final BufferedOutputStream out;
  private final PrintStream err;
  private final Look look;

  /**
   * How output may look.
   *
   * @param interactiveErr stderr is a terminal that can move its cursor: progress may be redrawn
   * @param interactiveOut stdout is a terminal
   * @param colour escape sequences for colours are welcome, on the streams that are terminals
   * @param unicode characters beyond ASCII are welcome in decoration; content is always UTF-8
   * @param columns width of the terminal, at least 20
   */
  public record Look(
      boolean interactiveErr,
      boolean interactiveOut,
      boolean colour,
      boolean unicode,
      int columns) {
    public Look {
      columns = Math.max(20, columns);
    }

    /** No terminal anywhere: a pipe, a file, CI. */
    public static Look plain() {
      return new Look(false, false, false, false, DEFAULT_COLUMNS);
    }
  }

  /**
   * On two streams.
   *
   * @param out unbuffered: that is done here; a {@link PrintStream} would keep failures of writing
   *     to itself
   */
  public Terminal(OutputStream out, PrintStream err, Look look) {
    this.out = new BufferedOutputStream(out, GATHERED_BYTES);
    this.err = err;
    this.look = look;
  }

  /**
   * The process's own terminal.
   *
   * @param properties with {@code wrought.terminals} (a string with the numbers of the streams that
   *     are terminals) and {@code wrought.columns}
   * @param environment where NO_COLOR (no-color.org), TERM and the locale are looked up
   */
  public static Terminal ofProcess(Properties properties, Map<String, String> environment) {
    return new Terminal(
        new FileOutputStream(FileDescriptor.out),
        new PrintStream(new FileOutputStream(FileDescriptor.err), false, StandardCharsets.UTF_8),
        look(properties, environment));
  }

  static Look look(Properties properties, Map<String, String> environment) {
    String terminals = properties.getProperty("wrought.terminals", "");
    boolean capable = !environment.getOrDefault("TERM", "dumb").equals("dumb");
    boolean moves = terminals.contains("2") && capable;
    boolean colour = capable && environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new Look(
        moves,
        terminals.contains("1"),
        colour,
        unicode(environment),
        columns(properties, environment));
  }

  private static boolean unicode(Map<String, String> environment) {
    for (String variable : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
      String value = environment.getOrDefault(variable, "");
      if (!value.isEmpty()) {
        return value.toUpperCase(Locale.ROOT).replace("-", "").contains("UTF8");
      }
    }
    return false;
  }

  private static int columns(Properties properties, Map<String, String> environment) {
    for (String told :
        new String[] {
          properties.getProperty("wrought.columns", ""), environment.getOrDefault("COLUMNS", "")
        }) {
      if (told.matches("[1-9][0-9]{0,4}")) {
        return Integer.parseInt(told);
      }
    }
    return DEFAULT_COLUMNS;
  }

  public Look look() {
    return look;
  }

  /** A line of the result, to stdout; on a terminal at once. */
  public void result(String line) {
    bytes((line + "\n").getBytes(StandardCharsets.UTF_8));
    if (look.interactiveOut()) {
      flush();
    }
  }

  /** A piece of the result, to stdout at once: streamed text. */
  public void text(String text) {
    bytes(text.getBytes(StandardCharsets.UTF_8));
    flush();
  }

  /**
   * Bytes of the result, whatever they are.
   *
   * @throws ReaderGone if nobody reads them any more
   * @throws WroughtException STORAGE if they cannot be written for another reason
   */
  public void bytes(byte[] bytes) {
    synchronized (out) {
      try {
        out.write(bytes);
      } catch (IOException failure) {
        throw unwritten(failure);
      }
    }
  }

  /**
   * Writes what was gathered of the result.
   *
   * @throws ReaderGone if nobody reads it any more
   * @throws WroughtException STORAGE if it cannot be written for another reason
   */
  public void flush() {
    synchronized (out) {
      try {
        out.flush();
      } catch (IOException failure) {
        throw unwritten(failure);
      }
    }
  }

  /** What fails a write is known by the system's message only; most languages say "pipe". */
  private static RuntimeException unwritten(IOException failure) {
    String reason = String.valueOf(failure.getMessage());
    return reason.toLowerCase(Locale.ROOT).contains("pipe")
        ? new ReaderGone()
        : new WroughtException(
            ErrorCode.STORAGE,
            "the result cannot be written to standard output: %s; it is incomplete there"
                .formatted(reason),
            failure);
  }

  /** A line for the user, to stderr: what is going on, hints. */
  public void note(String line) {
    resultsFirst();
    err.print(line + "\n");
    err.flush();
  }

  /** What cannot be written stays gathered, and fails whoever writes the result. */
  private void resultsFirst() {
    try {
      flush();
    } catch (ReaderGone | WroughtException failsAgain) {
      return;
    }
  }

  /** Redraws the current line of stderr; only where {@link Look#interactiveErr}. */
  void redraw(String line) {
    err.print("\r" + line + "\u001b[K");
    err.flush();
  }

  /** The text in a style, for {@link #note}; as it is where colours are not welcome. */
  public String styled(Style style, String text) {
    return look.interactiveErr() ? coloured(style, text) : text;
  }

  /** The text in a style, for {@link #result}; as it is where colours are not welcome. */
  public String styledResult(Style style, String text) {
    return look.interactiveOut() ? coloured(style, text) : text;
  }

  private String coloured(Style style, String text) {
    return look.colour() ? "\u001b[" + style.code() + "m" + text + "\u001b[0m" : text;
  }

  /** The few styles in use; each says something that the words say too. */
  public enum Style {
    STRONG("1"),
    QUIET("2"),
    GOOD("32"),
    WARNING("33"),
    BAD("31");

    private final String code;

    Style(String code) {
      this.code = code;
    }

    String code() {
      return code;
    }
  }

  /** Whoever read stdout has stopped (a pipe to {@code head}): the command ends without a word. */
  public static final class ReaderGone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ReaderGone() {
      super("stdout is closed", null, false, false);
    }
  }
}
