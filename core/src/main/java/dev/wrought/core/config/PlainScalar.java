package dev.wrought.core.config;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an unquoted word means: the core schema of YAML 1.2, decimal numbers only. Source: YAML
 * 1.2.2, section 10.3.2.
 */
final class PlainScalar {
  private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");
  private static final Set<String> TRUE = Set.of("true", "True", "TRUE");
  private static final Set<String> FALSE = Set.of("false", "False", "FALSE");
  private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]{1,18}");
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
  private static final Pattern NOT_FINITE =
      Pattern.compile("[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

  private PlainScalar() {}

  /** Long, Double, Boolean, String, or an empty Optional for null. */
  static Object value(String text) {
    if (NULL.contains(text)) {
      return Optional.empty();
    }
    if (TRUE.contains(text)) {
      return true;
    }
    if (FALSE.contains(text)) {
      return false;
    }
    if (WHOLE.matcher(text).matches()) {
      return Long.valueOf(text);
    }
    return decimal(text);
  }

  private static Object decimal(String text) {
    if (NOT_FINITE.matcher(text).matches()) {
      double infinity = text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
      return text.toLowerCase(Locale.ROOT).endsWith("nan") ? Double.NaN : infinity;
    }
    return DECIMAL.matcher(text).matches() ? (Object) Double.valueOf(text) : text;
  }
}
