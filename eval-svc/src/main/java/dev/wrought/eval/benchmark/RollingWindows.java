package dev.wrought.eval.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts a document of any length for a model of limited context so that every token is scored
 * exactly once: the windows' continuations are disjoint and cover the document. The first window is
 * the prefix token and the document's first tokens; the last one is filled up with left context.
 *
 * <p>Source: lm-evaluation-harness, {@code utils.get_rolling_token_windows} with a context of 1,
 * and {@code make_disjoint_window}; Radford et al. 2019 call it non-overlapping evaluation.
 */
final class RollingWindows {
  private RollingWindows() {}

  /**
   * @param document token ids; none gives no window
   * @param prefix the token before every document
   * @param contextLength how many tokens the model reads at once; a window has one more at most,
   *     for the last token is only predicted
   */
  static List<Window> of(int[] document, int prefix, int contextLength) {
    int[] stream = new int[document.length + 1];
    stream[0] = prefix;
    System.arraycopy(document, 0, stream, 1, document.length);
    List<Window> windows = new ArrayList<>();
    for (int from = 1; from < stream.length; from += contextLength) {
      int to = Math.min(from + contextLength, stream.length);
      int start = Math.max(0, to - 1 - contextLength);
      windows.add(
          new Window(
              Arrays.copyOfRange(stream, start, from), Arrays.copyOfRange(stream, from, to)));
    }
    return windows;
  }
}
