package dev.wrought.core.config;

import dev.wrought.core.config.InvalidValues.Violation;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;

/**
 * The checks of a record's compact constructor, so that all that is wrong is said at once:
 *
 * <pre>{@code
 * record Adam(@MoreThan(0) double rate, @AtLeast(0) @LessThan(1) List<Double> betas) {
 *   Adam {
 *     Checks.of(Adam.class, rate, betas)
 *         .that(betas.size() == 2, "has " + betas.size() + " numbers; allowed: 2", "betas")
 *         .done();
 *   }
 * }
 * }</pre>
 */
public final class Checks {
  private final List<Violation> violations = new ArrayList<>();

  private Checks() {}

  /** Checks every component against its own annotations; {@code values} in their order. */
  public static Checks of(Class<? extends Record> type, Object... values) {
    Checks checks = new Checks();
    RecordComponent[] components = type.getRecordComponents();
    if (components.length != values.length) {
      throw new IllegalStateException(
          type.getName() + " has " + components.length + " components, checked: " + values.length);
    }
    for (int i = 0; i < components.length; i++) {
      String name = components[i].getName();
      Limits.of(components[i])
          .complaint(values[i])
          .ifPresent(message -> checks.violations.add(new Violation(List.of(name), message)));
    }
    return checks;
  }

  /**
   * Checks one condition.
   *
   * @param message said if it does not hold, without the component's name: "is 6; allowed: a
   *     divisor of width (384)"
   * @param paths the components that the condition is about, the one to point at first. Where one
   *     of them could not be read at all, the decoder does not repeat the complaint here
   */
  public Checks that(boolean holds, String message, String... paths) {
    if (!holds) {
      violations.add(new Violation(List.of(paths), message));
    }
    return this;
  }

  /**
   * Whether nothing was wrong so far: for a further check that needs the first ones to have held.
   */
  public boolean clean() {
    return violations.isEmpty();
  }

  /** Ends the checks. Throws {@link InvalidValues} with everything that did not hold. */
  public void done() {
    if (!violations.isEmpty()) {
      throw new InvalidValues(violations);
    }
  }
}
