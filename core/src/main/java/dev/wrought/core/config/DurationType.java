package dev.wrought.core.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A length of time: {@code 90s}, {@code 5m}, {@code 1h30m}, {@code 2d}. */
record DurationType() implements ValueType<Duration> {
  private static final String FORM =
      "(?:([0-9]{1,5})d)?(?:([0-9]{1,6})h)?(?:([0-9]{1,8})m)?(?:([0-9]{1,9})s)?";
  private static final Pattern PATTERN = Pattern.compile(FORM);

  @Override
  public Optional<Duration> decode(ConfigNode node, Place place) {
    if (node instanceof ConfigNode.Scalar scalar) {
      Matcher parts = PATTERN.matcher(scalar.text());
      if (parts.matches() && !scalar.text().isEmpty()) {
        return Optional.of(
            Duration.ofDays(number(parts, 1))
                .plusHours(number(parts, 2))
                .plusMinutes(number(parts, 3))
                .plusSeconds(number(parts, 4)));
      }
    }
    place.report(
        node.position(), "is " + node.words() + "; allowed: a time, as 90s, 5m, 1h30m or 2d");
    return Optional.empty();
  }

  private static long number(Matcher parts, int group) {
    String digits = parts.group(group);
    return digits == null ? 0 : Long.parseLong(digits);
  }

  @Override
  public Object encode(Duration value) {
    String text =
        part(value.toDays(), "d")
            + part(value.toHoursPart(), "h")
            + part(value.toMinutesPart(), "m")
            + part(value.toSecondsPart(), "s");
    return text.isEmpty() ? "0s" : text;
  }

  private static String part(long count, String unit) {
    return count == 0 ? "" : count + unit;
  }

  @Override
  public Map<String, Object> schema() {
    return Map.of("type", "string", "minLength", 2, "pattern", "^" + FORM + "$");
  }
}
