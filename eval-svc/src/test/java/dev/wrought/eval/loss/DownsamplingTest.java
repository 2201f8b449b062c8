package dev.wrought.eval.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DownsamplingTest {
  @Test
  void points_ofALongCurve_keepPeaksAndEnds() {
    List<CurvePoint> points = sample(1_000_000, 2_000);
    assertTrue(points.size() <= 2_000, "kept " + points.size());
    assertEquals(0, points.getFirst().step());
    assertEquals(999_999, points.getLast().step());
    assertTrue(points.stream().anyMatch(point -> point.value() == 1_000), "the spike is lost");
    assertTrue(points.stream().anyMatch(point -> point.value() == -1_000), "the dip is lost");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 6, 13, 207, 2_000})
  void points_ofAShortCurve_areAll(int length) {
    assertEquals(length, sample(length, 2_000).size());
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 9, 2_001, 4_098, 12_345})
  void points_ofAnyLength_areAscendingAndNoMoreThanAsked(int length) {
    List<CurvePoint> points = sample(length, 4);
    assertTrue(points.size() <= 4, "kept " + points.size());
    for (int i = 1; i < points.size(); i++) {
      assertTrue(points.get(i - 1).step() < points.get(i).step());
    }
  }

  @Test
  void constructor_ofTooFewPoints_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Downsampling(10, 3));
  }

  private static List<CurvePoint> sample(int length, int maxPoints) {
    Downsampling sampling = new Downsampling(length, maxPoints);
    IntStream.range(0, length)
        .mapToObj(step -> new CurvePoint(step, 1, step, step, value(step)))
        .forEach(sampling::add);
    return sampling.points();
  }

  private static double value(int step) {
    return step == 777_777 ? 1_000 : step == 123_456 ? -1_000 : Math.sin(step);
  }
}
