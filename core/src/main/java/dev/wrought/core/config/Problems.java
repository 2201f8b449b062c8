package dev.wrought.core.config;

import dev.wrought.core.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a document while it is decoded. Not thread-safe. */
public final class Problems {
  private final List<Problem> list = new ArrayList<>();

  public void add(Problem problem) {
    list.add(problem);
  }

  /** In the order of the document. */
  public List<Problem> list() {
    return list.stream().distinct().sorted((a, b) -> a.position().compareTo(b.position())).toList();
  }

  /** Whether the value at a path, something in it, or something around it already has a problem. */
  boolean touch(String path) {
    return list.stream()
        .map(Problem::path)
        .anyMatch(known -> isIn(known, path) || isIn(path, known));
  }

  private static boolean isIn(String inner, String outer) {
    return inner.startsWith(outer)
        && (inner.length() == outer.length() || ".[".indexOf(inner.charAt(outer.length())) >= 0);
  }

  /**
   * Ends the decoding of a document.
   *
   * @param what the document, for the title: "the recipe"
   * @throws dev.wrought.core.error.WroughtException if there are problems, listing them all; {@link
   *     InvalidConfig#in} gives them as data
   */
  public void throwIfAny(ErrorCode code, String what) {
    if (!list.isEmpty()) {
      throw new InvalidConfig(list()).as(code, what);
    }
  }
}
