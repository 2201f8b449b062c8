package dev.wrought.core.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowOrderTest {
  @Test
  void window_everyEpoch_isAPermutation() {
    for (int windows : new int[] {1, 2, 3, 4, 5, 13, 64, 65, 207, 1000, 4098}) {
      WindowOrder order = new WindowOrder(windows * 31L, windows);
      for (int epoch = 0; epoch < 3; epoch++) {
        BitSet seen = new BitSet();
        for (long sample = 0; sample < windows; sample++) {
          long window = order.window((long) epoch * windows + sample);
          assertTrue(window >= 0 && window < windows);
          assertFalse(seen.get((int) window), "window " + window + " twice");
          seen.set((int) window);
        }
        assertEquals(windows, seen.cardinality());
      }
    }
  }

  @Test
  void window_otherEpochOrSeed_isAnotherPermutation() {
    List<Long> first = epoch(new WindowOrder(1, 500), 0);
    assertEquals(first, epoch(new WindowOrder(1, 500), 0));
    assertNotEquals(first, epoch(new WindowOrder(1, 500), 1));
    assertNotEquals(first, epoch(new WindowOrder(2, 500), 0));
  }

  @Test
  void window_neighbouringSamples_areFarApart() {
    WindowOrder order = new WindowOrder(42, 10_000);
    double distance = 0;
    for (int sample = 0; sample < 9_999; sample++) {
      distance += Math.abs(order.window(sample) - order.window(sample + 1));
    }
    // Two independent uniform numbers differ by a third of their range on average.
    assertEquals(3_333, distance / 9_999, 150);
  }

  @Test
  void window_hugeDomain_staysInside() {
    WindowOrder order = new WindowOrder(7, 1L << 60);
    for (int sample = 0; sample < 100; sample++) {
      long window = order.window(sample);
      assertTrue(window >= 0 && window < 1L << 60);
    }
  }

  @Test
  void windowsIn_leavesRoomForTheLastTarget() {
    assertEquals(0, WindowOrder.windowsIn(0, 8));
    assertEquals(0, WindowOrder.windowsIn(8, 8));
    assertEquals(1, WindowOrder.windowsIn(9, 8));
    assertEquals(1, WindowOrder.windowsIn(16, 8));
    assertEquals(2, WindowOrder.windowsIn(17, 8));
  }

  @Test
  void construction_outOfRange_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> new WindowOrder(1, 0));
    assertThrows(IllegalArgumentException.class, () -> new WindowOrder(1, 5).window(-1));
  }

  private static List<Long> epoch(WindowOrder order, int epoch) {
    List<Long> windows = new ArrayList<>();
    for (long sample = 0; sample < order.windows(); sample++) {
      windows.add(order.window(epoch * order.windows() + sample));
    }
    return windows;
  }
}
