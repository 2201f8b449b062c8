package dev.wrought.tokenizer.corpus;

import java.util.Map;
import java.util.TreeMap;

/** Documents left out, by reason. For one thread. */
public final class DropCounts {
  private final Map<String, Long> counts = new TreeMap<>();

  public void count(String reason) {
    counts.merge(reason, 1L, Long::sum);
  }

  /** A copy of the counts so far. */
  public Map<String, Long> counts() {
    return new TreeMap<>(counts);
  }

  /** For messages: "3 empty, 1 too-long". */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    counts.forEach((reason, count) ->
        text.append(text.isEmpty() ? "" : ", ").append(count).append(' ').append(reason));
    return text.isEmpty() ? "none" : text.toString();
  }
}
