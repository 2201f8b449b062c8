package dev.wrought.eval.benchmark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RollingWindowsTest {
  private static final int PREFIX = 99;

  @Test
  void of_tenTokensAndAContextOfFour_isWhatTheHarnessMakes() {
    List<Window> windows = RollingWindows.of(range(10), PREFIX, 4);
    assertEquals(3, windows.size());
    assertWindow(windows.get(0), new int[] {99}, new int[] {0, 1, 2, 3});
    assertWindow(windows.get(1), new int[] {3}, new int[] {4, 5, 6, 7});
    assertWindow(windows.get(2), new int[] {5, 6, 7}, new int[] {8, 9});
  }

  @ParameterizedTest
  @CsvSource({"0,4", "1,4", "3,4", "4,4", "5,4", "8,4", "207,13", "4098,256", "7,1"})
  void of_anyDocument_scoresEveryTokenOnceInOrder(int length, int contextLength) {
    int next = 0;
    for (Window window : RollingWindows.of(range(length), PREFIX, contextLength)) {
      assertTrue(window.context().length >= 1);
      assertTrue(window.tokens() <= contextLength + 1);
      assertEquals(next == 0 ? PREFIX : next - 1, window.context()[window.context().length - 1]);
      for (int token : window.continuation()) {
        assertEquals(next++, token);
      }
    }
    assertEquals(length, next);
  }

  private static int[] range(int length) {
    return IntStream.range(0, length).toArray();
  }

  private static void assertWindow(Window window, int[] context, int[] continuation) {
    assertArrayEquals(context, window.context());
    assertArrayEquals(continuation, window.continuation());
  }
}
