package dev.wrought.core.config;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An int or a long, from {@code min} to {@code max} of its Java type.
 *
 * @param quantity whether {@code 20M} and {@code 3e9} are allowed too
 */
record WholeType(long min, long max, boolean quantity) implements ValueType<Number> {
  private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]{1,30}");
  private static final String QUANTITY = "([0-9]{1,20}(?:\\.[0-9]{1,12})?)([KMBT]?)";
  private static final Pattern SUFFIXED = Pattern.compile(QUANTITY);
  private static final Pattern EXPONENT =
      Pattern.compile("[0-9]{1,20}(?:\\.[0-9]{1,12})?[eE]\\+?[0-9]{1,2}");
  private static final Map<String, Integer> POWERS = Map.of("", 0, "K", 3, "M", 6, "B", 9, "T", 12);

  static final WholeType INT = new WholeType(Integer.MIN_VALUE, Integer.MAX_VALUE, false);
  static final WholeType LONG = new WholeType(Long.MIN_VALUE, Long.MAX_VALUE, false);
  static final WholeType QUANTITY_OF_LONG = new WholeType(Long.MIN_VALUE, Long.MAX_VALUE, true);

  @Override
  public Optional<Number> decode(ConfigNode node, Place place) {
    Optional<BigInteger> whole =
        node instanceof ConfigNode.Scalar scalar && (quantity || !scalar.quoted())
            ? parse(scalar.text())
            : Optional.empty();
    if (whole.isEmpty()) {
      place.report(node.position(), "is " + node.words() + "; allowed: " + words());
      return Optional.empty();
    }
    if (!inRange(whole.get())) {
      place.report(node.position(), "is %d; allowed: %d to %d".formatted(whole.get(), min, max));
      return Optional.empty();
    }
    long value = whole.get().longValueExact();
    return Optional.of(max == Integer.MAX_VALUE ? (Number) Math.toIntExact(value) : value);
  }

  private boolean inRange(BigInteger whole) {
    return whole.compareTo(BigInteger.valueOf(min)) >= 0
        && whole.compareTo(BigInteger.valueOf(max)) <= 0;
  }

  private Optional<BigInteger> parse(String text) {
    if (WHOLE.matcher(text).matches()) {
      return Optional.of(new BigInteger(text));
    }
    if (!quantity) {
      return Optional.empty();
    }
    Matcher suffixed = SUFFIXED.matcher(text);
    if (suffixed.matches()) {
      int power = POWERS.getOrDefault(suffixed.group(2), 0);
      return exact(new BigDecimal(suffixed.group(1)).scaleByPowerOfTen(power));
    }
    return EXPONENT.matcher(text).matches() ? exact(new BigDecimal(text)) : Optional.empty();
  }

  private static Optional<BigInteger> exact(BigDecimal number) {
    return number.stripTrailingZeros().scale() <= 0
        ? Optional.of(number.toBigInteger())
        : Optional.empty();
  }

  private String words() {
    return quantity ? "a whole number, also as 500K, 20M, 1.5B" : "a whole number";
  }

  @Override
  public Object encode(Number value) {
    return value.longValue();
  }

  @Override
  public Map<String, Object> schema() {
    return quantity
        ? Map.of("type", List.of("integer", "string"), "pattern", "^" + QUANTITY + "$")
        : Map.of("type", "integer");
  }
}
