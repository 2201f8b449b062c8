package dev.wrought.cli.terminal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

/**
 * One task's progress on stderr. On a terminal a line that is redrawn, at most ten times a second;
 * elsewhere a plain line at the start of each tenth, and at least every ten seconds.
 *
 * <p>Not thread-safe: one task, one thread. Rates and the remaining time come from a monotonic
 * clock.
 */
public final class Progress implements AutoCloseable {
  private static final Duration REDRAW = Duration.ofMillis(100);
  private static final Duration REPEAT = Duration.ofSeconds(10);
  private static final int BAR = 24;
  private static final String GAP = "  ";

  /** Earlier, rates and estimates say more about the start than about the work. */
  private static final Duration TELLING = Duration.ofMillis(500);

  /** Below this share an estimate of the remaining time says more about noise than about time. */
  private static final double ESTIMABLE = 0.02;

  private final Terminal terminal;
  private final String label;
  private final LongSupplier nanoTime;
  private final long startNanos;
  private long shownNanos;
  private int shownTenth = -1;
  private String last = "";
  private String phase = "";
  private long phaseNanos;

  public Progress(Terminal terminal, String label) {
    this(terminal, label, System::nanoTime);
  }

  Progress(Terminal terminal, String label, LongSupplier nanoTime) {
    this.terminal = terminal;
    this.label = label;
    this.nanoTime = nanoTime;
    this.startNanos = nanoTime.getAsLong();
    this.phaseNanos = startNanos;
    this.shownNanos = startNanos - REPEAT.toNanos();
  }

  /**
   * Shows where the task is, with the remaining time as the elapsed time suggests.
   *
   * @param fraction 0 to 1; NaN while nobody knows
   * @param detail what else is known: a rate, a loss; two blanks between parts, of which the last
   *     ones give way on a narrow terminal
   */
  public void update(double fraction, String detail) {
    update(fraction, detail, estimate(fraction));
  }

  /** As {@link #update(double, String)}, for a task that knows its remaining time. */
  public void update(double fraction, String detail, Duration remaining) {
    long now = nanoTime.getAsLong();
    if (terminal.look().interactiveErr()) {
      last = line(fraction, detail, remaining);
      if (now - shownNanos >= REDRAW.toNanos()) {
        shownNanos = now;
        terminal.redraw(last);
      }
      return;
    }
    int tenth = (int) (fraction * 10);
    if (tenth > shownTenth || now - shownNanos >= REPEAT.toNanos()) {
      shownTenth = Math.max(tenth, shownTenth);
      shownNanos = now;
      terminal.note(line(fraction, detail, remaining));
    }
  }

  /** The phase of the updates that follow, of a task that has several, each timed on its own. */
  public void phase(String name) {
    if (!name.equals(phase)) {
      phase = name;
      phaseNanos = nanoTime.getAsLong();
      shownTenth = -1;
    }
  }

  /**
   * An amount of this phase and, as soon as it can be told, how much of it comes in a second.
   *
   * @param unit writes an amount, as in {@code 12 MB 3.1 MB/s}
   */
  public String rated(long amount, LongFunction<String> unit) {
    long nanos = phaseElapsed();
    String rate =
        nanos < TELLING.toNanos() ? "" : GAP + unit.apply(Math.round(amount * 1e9 / nanos)) + "/s";
    return unit.apply(amount) + rate;
  }

  /** Makes room for a line that stays; the next update draws anew. */
  public void clear() {
    if (!last.isEmpty()) {
      terminal.redraw("");
      shownNanos -= REDRAW.toNanos();
      last = "";
    }
  }

  /** Ends the task with a line that stays. */
  public void done(String summary) {
    String line = label + GAP + summary;
    if (terminal.look().interactiveErr()) {
      terminal.redraw("");
      terminal.note("\r" + terminal.styled(Terminal.Style.GOOD, mark()) + " " + line);
    } else {
      terminal.note(line);
    }
    last = "";
  }

  /** Leaves the last state on the screen if the task did not come to its end. */
  @Override
  public void close() {
    if (!last.isEmpty()) {
      terminal.redraw(last);
      terminal.note("");
    }
    last = "";
  }

  /** Since the task began. */
  public Duration elapsed() {
    return Duration.ofNanos(nanoTime.getAsLong() - startNanos);
  }

  private long phaseElapsed() {
    return nanoTime.getAsLong() - phaseNanos;
  }

  private Duration estimate(double fraction) {
    long nanos = phaseElapsed();
    if (nanos < TELLING.toNanos() || !(fraction >= ESTIMABLE)) {
      return Duration.ofSeconds(-1);
    }
    double seconds = nanos / 1e9 * (1 - fraction) / fraction;
    return Duration.ofMillis(Math.round(seconds * 1000));
  }

  /** All of it where there is room; else without the bar, then without the last parts. */
  private String line(double fraction, String detail, Duration remaining) {
    List<String> parts = new ArrayList<>(List.of(label));
    if (!Double.isNaN(fraction)) {
      parts.add((int) (100 * Math.clamp(fraction, 0, 1)) + "%");
    }
    if (!remaining.isNegative()) {
      parts.add("ETA " + Amounts.clock(remaining));
    }
    if (!phase.isEmpty()) {
      parts.add(phase);
    }
    if (!detail.isEmpty()) {
      parts.addAll(List.of(detail.split(GAP)));
    }
    return terminal.look().interactiveErr() ? fitted(parts, fraction) : String.join(GAP, parts);
  }

  private String fitted(List<String> parts, double fraction) {
    int room = terminal.look().columns() - 1;
    String line = String.join(GAP, parts);
    if (!Double.isNaN(fraction) && line.length() + BAR + GAP.length() <= room) {
      parts.add(1, bar(fraction));
      return String.join(GAP, parts);
    }
    while (line.length() > room && parts.size() > 2) {
      parts.removeLast();
      line = String.join(GAP, parts);
    }
    return Lines.cut(line, room);
  }

  private String bar(double fraction) {
    int full = (int) (BAR * Math.clamp(fraction, 0, 1));
    boolean unicode = terminal.look().unicode();
    String track = (unicode ? "─" : "-").repeat(BAR - full);
    return (unicode ? "━" : "#").repeat(full) + track;
  }

  private String mark() {
    return terminal.look().unicode() ? "✓" : "ok";
  }
}
