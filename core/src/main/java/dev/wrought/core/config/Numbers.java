package dev.wrought.core.config;

import java.math.BigDecimal;

/** Numbers as people write them. */
final class Numbers {
  private static final double EXACT = 1L << 53;

  private Numbers() {}

  /** A number without a needless exponent or fraction: {@code 6e-4} is "0.0006", 1.0 is "1". */
  static String plain(Number number) {
    double value = number.doubleValue();
    if (!Double.isFinite(value)) {
      return number.toString();
    }
    Number shortest = shortest(number);
    if (shortest instanceof Long) {
      return shortest.toString();
    }
    String text = BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    return text.length() <= 12 ? text : shortest.toString();
  }

  /** A {@code Long} if the number is whole and exact as a double, else a {@code Double}. */
  static Number shortest(Number number) {
    if (number instanceof Long || number instanceof Integer) {
      return number.longValue();
    }
    double value = number.doubleValue();
    return value == Math.rint(value) && Math.abs(value) < EXACT ? (Number) (long) value : value;
  }
}
