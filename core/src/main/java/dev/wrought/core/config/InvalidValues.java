package dev.wrought.core.config;

import java.util.List;
import java.util.stream.Collectors;

/** What a record's compact constructor found wrong, all of it at once. Made by {@link Checks}. */
public final class InvalidValues extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * One broken rule.
   *
   * @param paths the components concerned, the one to point at first; a component of a component is
   *     {@code model.heads}
   * @param message what is wrong, without the path: "is 0; allowed are numbers from 1 on"
   */
  public record Violation(List<String> paths, String message) {
    public Violation {
      paths = List.copyOf(paths);
    }

    @Override
    public String toString() {
      return paths.getFirst() + " " + message;
    }
  }

  private final transient List<Violation> violations;

  InvalidValues(List<Violation> violations) {
    super(violations.stream().map(Violation::toString).collect(Collectors.joining("; ")));
    this.violations = List.copyOf(violations);
  }

  public List<Violation> violations() {
    return violations;
  }
}
