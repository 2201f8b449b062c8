package dev.wrought.core.config;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A document's problems as data: the cause of the {@link WroughtException} that tells them to the
 * user.
 */
public final class InvalidConfig extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  InvalidConfig(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }

  /** The problems that a failure carries; none if it is about something else. */
  public static List<Problem> in(WroughtException failure) {
    return failure.getCause() instanceof InvalidConfig config ? config.problems() : List.of();
  }

  /** As users meet it: a title, then a line a problem. */
  WroughtException as(ErrorCode code, String what) {
    String title =
        problems.size() == 1
            ? what + " has a problem:"
            : what + " has " + problems.size() + " problems:";
    return new WroughtException(
        code,
        problems.stream()
            .map(Problem::toString)
            .collect(Collectors.joining("\n  ", title + "\n  ", "")),
        this);
  }
}
