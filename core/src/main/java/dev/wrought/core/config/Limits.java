package dev.wrought.core.config;

import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The bounds that a component's annotations declare. The decoder, the record's own constructor
 * (through {@link Checks}) and the JSON Schema all read them here.
 *
 * @param rules what a number or a text has to obey; of a list, every item
 * @param size how many items or characters
 */
record Limits(List<Rule> rules, Optional<Size> size) {
  static final Limits NONE = new Limits(List.of(), Optional.empty());

  /**
   * One bound.
   *
   * @param words how it is said: "at least 1"
   * @param keyword its name in JSON Schema, with {@code bound} as its value
   */
  record Rule(String words, String keyword, Object bound, Predicate<Object> holds) {
    private static Rule number(
        String words, String keyword, double bound, Predicate<Double> within) {
      return new Rule(
          words + " " + Numbers.plain(bound),
          keyword,
          Numbers.shortest(bound),
          value -> !(value instanceof Number number) || within.test(number.doubleValue()));
    }

    private static Rule matches(Matches matches) {
      Pattern pattern = Pattern.compile(matches.value());
      return new Rule(
          matches.words(),
          "pattern",
          "^(?:" + matches.value() + ")$",
          value -> !(value instanceof String text) || pattern.matcher(text).matches());
    }
  }

  /** The limits that stand on a record's component. */
  static Limits of(AnnotatedElement component) {
    List<Rule> rules = new ArrayList<>();
    annotation(component, AtLeast.class)
        .map(a -> Rule.number("at least", "minimum", a.value(), x -> x >= a.value()))
        .ifPresent(rules::add);
    annotation(component, MoreThan.class)
        .map(a -> Rule.number("above", "exclusiveMinimum", a.value(), x -> x > a.value()))
        .ifPresent(rules::add);
    annotation(component, AtMost.class)
        .map(a -> Rule.number("at most", "maximum", a.value(), x -> x <= a.value()))
        .ifPresent(rules::add);
    annotation(component, LessThan.class)
        .map(a -> Rule.number("below", "exclusiveMaximum", a.value(), x -> x < a.value()))
        .ifPresent(rules::add);
    annotation(component, Matches.class).map(Rule::matches).ifPresent(rules::add);
    return new Limits(List.copyOf(rules), annotation(component, Size.class));
  }

  private static <A extends java.lang.annotation.Annotation> Optional<A> annotation(
      AnnotatedElement component, Class<A> type) {
    return Optional.ofNullable(component.getAnnotation(type));
  }

  /** What is wrong with a component's value, or nothing. */
  Optional<String> complaint(Object value) {
    return switch (value) {
      case Optional<?> maybe -> maybe.flatMap(this::complaint);
      case OptionalInt maybe -> maybe.isPresent() ? complaint(maybe.getAsInt()) : Optional.empty();
      case OptionalLong maybe ->
          maybe.isPresent() ? complaint(maybe.getAsLong()) : Optional.empty();
      case OptionalDouble maybe ->
          maybe.isPresent() ? complaint(maybe.getAsDouble()) : Optional.empty();
      case Collection<?> items ->
          sizeComplaint(items.size(), "items")
              .or(() -> items.stream().flatMap(i -> single(i).stream()).findFirst());
      case Map<?, ?> entries ->
          sizeComplaint(entries.size(), "entries")
              .or(() -> entries.values().stream().flatMap(i -> single(i).stream()).findFirst());
      case String text -> sizeComplaint(text.length(), "characters").or(() -> single(text));
      default -> single(value);
    };
  }

  /** What is wrong with a number, a text or one item of a list, or nothing. */
  private Optional<String> single(Object value) {
    if (value instanceof Double number && !Double.isFinite(number)) {
      return Optional.of("is " + number + "; allowed: a finite number");
    }
    return rules.stream()
        .filter(rule -> !rule.holds().test(value))
        .findFirst()
        .map(rule -> "is " + shown(value) + "; allowed: " + words());
  }

  private String words() {
    return String.join(", ", rules.stream().map(Rule::words).toList());
  }

  private Optional<String> sizeComplaint(int count, String unit) {
    return size.filter(allowed -> count < allowed.min() || count > allowed.max())
        .map(allowed ->
            allowed.max() == Integer.MAX_VALUE
                ? "has %d %s; allowed: at least %d".formatted(count, unit, allowed.min())
                : "has %d %s; allowed: %d to %d"
                    .formatted(count, unit, allowed.min(), allowed.max()));
  }

  private static String shown(Object value) {
    return value instanceof Number number ? Numbers.plain(number) : "\"" + value + "\"";
  }

  /** The rules' keywords of JSON Schema. */
  Map<String, Object> schema() {
    Map<String, Object> keywords = new LinkedHashMap<>();
    rules.forEach(rule -> keywords.put(rule.keyword(), rule.bound()));
    return keywords;
  }
}
