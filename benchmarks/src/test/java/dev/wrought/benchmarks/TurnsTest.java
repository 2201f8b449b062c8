package dev.wrought.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Iterator;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private static DoubleSupplier seconds(double... inTurn) {
    Iterator<Double> next = Arrays.stream(inTurn).iterator();
    return next::next;
  }

  @Test
  void measure_givesMediansAndTheMedianOfTheRatios() {
    Turns turns =
        Turns.measure(Rounds.exactly(4), seconds(90, 90, 1, 2, 4, 8), seconds(90, 90, 1, 4, 16, 4));
    assertEquals(4, turns.count());
    assertEquals(3, turns.ours());
    assertEquals(4, turns.peers());
    assertEquals(1.5, turns.ratio());
  }

  @Test
  void measure_withoutPeer_givesOurs() {
    Turns turns =
        Turns.measure(
            Rounds.exactly(1), seconds(20, 20, 2), seconds(Double.NaN, Double.NaN, Double.NaN));
    assertEquals(2, turns.ours());
    assertTrue(Double.isNaN(turns.ratio()));
  }

  @Test
  void measure_quickSides_areWarmedUpForLonger() {
    Turns turns = Turns.measure(Rounds.exactly(1), seconds(9, 9, 9, 2), seconds(1, 1, 1, 4));
    assertEquals(2, turns.ours());
    assertEquals(4, turns.peers());
  }

  @Test
  void measure_sidesThatTellSecondsOfPieces_areWarmedUpTenTimes() {
    double[] quick = new double[11];
    quick[10] = 2;
    assertEquals(2, Turns.measure(Rounds.exactly(1), seconds(quick), seconds(quick)).ours());
  }

  @Test
  void goesOn_whenItTookLongEnough_endsAfterTheFewest() {
    Rounds rounds = Rounds.upTo(10);
    double tooLong = rounds.enoughSeconds() + 1;
    assertTrue(rounds.goesOn(Rounds.FEWEST - 1, tooLong));
    assertFalse(rounds.goesOn(Rounds.FEWEST, tooLong));
    assertTrue(rounds.goesOn(9, 1));
    assertFalse(rounds.goesOn(10, 1));
  }

  @Test
  void goesOn_whenRoundsWereAskedFor_takesThemAll() {
    assertTrue(Rounds.exactly(10).goesOn(9, 1e6));
    assertFalse(Rounds.exactly(1).goesOn(1, 0));
  }
}
