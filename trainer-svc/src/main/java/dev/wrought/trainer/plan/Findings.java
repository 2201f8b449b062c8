package dev.wrought.trainer.plan;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a recipe beyond its text, so that all of it is told at once. */
final class Findings {
  private record Finding(String place, WroughtException problem) {}

  private final List<Finding> findings = new ArrayList<>();

  /** Does a part of the work, and notes why it cannot be done. */
  void note(String place, Runnable part) {
    try {
      part.run();
    } catch (WroughtException problem) {
      findings.add(new Finding(place, problem));
    }
  }

  /** The problems, as one failure: of their common code, or else INVALID_RECIPE. */
  void throwIfAny() {
    if (findings.isEmpty()) {
      return;
    }
    List<ErrorCode> codes =
        findings.stream().map(each -> each.problem().code()).distinct().toList();
    List<String> lines =
        findings.stream()
            .map(each -> "%s: %s".formatted(each.place(), each.problem().getMessage()))
            .toList();
    throw new WroughtException(
        codes.size() == 1 ? codes.getFirst() : ErrorCode.INVALID_RECIPE,
        "the recipe cannot be carried out:\n  " + String.join("\n  ", lines),
        findings.getFirst().problem());
  }
}
