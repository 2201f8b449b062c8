package dev.wrought.cli.command;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people type them. */
final class Sizes {
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,6})?)([kmg]?)b?");

  private Sizes() {}

  /** {@code 0}, {@code 800k}, {@code 50M}, {@code 1.5G}: decimal multiples. */
  static long bytes(String flag, String text) {
    Matcher size = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!size.matches()) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT,
          "%s is '%s'; it must be a size such as 800k, 50M or 1.5G".formatted(flag, text));
    }
    double unit =
        switch (size.group(2)) {
          case "k" -> 1e3;
          case "m" -> 1e6;
          case "g" -> 1e9;
          default -> 1;
        };
    return Math.round(Double.parseDouble(size.group(1)) * unit);
  }
}
