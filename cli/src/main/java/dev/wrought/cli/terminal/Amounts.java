package dev.wrought.cli.terminal;

import java.time.Duration;
import java.util.Locale;

/** Amounts as people read them. */
public final class Amounts {
  private static final String[] BYTE_UNITS = {"B", "kB", "MB", "GB", "TB", "PB"};
  private static final String[] COUNT_UNITS = {"", "k", "M", "B", "T"};

  private Amounts() {}

  /** Decimal units, three digits: {@code 213 MB}, {@code 1.62 GB}. */
  public static String bytes(double bytes) {
    return scaled(bytes, BYTE_UNITS, " ");
  }

  /** As {@link #bytes(double)}. */
  public static String bytes(long bytes) {
    return bytes((double) bytes);
  }

  /** Three digits: {@code 13.9M}, {@code 8.19k}; small whole numbers as they are. */
  public static String count(double count) {
    return scaled(count, COUNT_UNITS, "");
  }

  /** As {@link #count(double)}. */
  public static String count(long count) {
    return count((double) count);
  }

  /** Every digit, in groups: {@code 13,864,320}. */
  public static String exact(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** {@code 0.4 s}, {@code 42 s}, {@code 3 min 05 s}, {@code 2 h 04 min}, {@code 3 d 02 h}. */
  public static String duration(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60);
    }
    if (seconds < 86_400) {
      return String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds % 3600 / 60);
    }
    return String.format(Locale.ROOT, "%d d %02d h", seconds / 86_400, seconds % 86_400 / 3600);
  }

  /** A clock for progress lines: {@code 0:42}, {@code 12:05}, {@code 1:02:09}. */
  public static String clock(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
        : String.format(
            Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds % 3600 / 60, seconds % 60);
  }

  /** The number with so many digits behind the point, whatever the locale. */
  public static String decimal(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  private static String scaled(double amount, String[] units, String gap) {
    int unit = 0;
    double value = amount;
    while (Math.abs(value) >= 999.5 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    int digits = unit == 0 && value == Math.rint(value) ? 0 : Math.max(0, 2 - magnitude(value));
    return decimal(value, digits) + gap + units[unit];
  }

  /** Digits in front of the point, less one. */
  private static int magnitude(double value) {
    double size = Math.abs(value);
    return size >= 99.95 ? 2 : size >= 9.995 ? 1 : 0;
  }
}
