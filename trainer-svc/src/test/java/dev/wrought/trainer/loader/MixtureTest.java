package dev.wrought.trainer.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MixtureTest {
  @Test
  void share_anyNumberOfSamples_isFairAndCountsWithoutGaps() {
    List<Double> weights = List.of(0.5, 0.2, 0.3);
    Mixture mixture = new Mixture(weights);
    long[] taken = new long[3];
    for (long sample = 0; sample < 10_000; sample++) {
      Mixture.Share share = mixture.share(sample);
      assertEquals(taken[share.part()], share.index(), "sample " + sample);
      taken[share.part()]++;
      for (int part = 0; part < 3; part++) {
        double fair = weights.get(part) * (sample + 1);
        assertTrue(Math.abs(taken[part] - fair) <= 2, "sample %d part %d".formatted(sample, part));
      }
    }
  }

  @Test
  void share_onePart_isTheSampleItself() {
    assertEquals(new Mixture.Share(0, 123), new Mixture(List.of(7.0)).share(123));
  }

  @Test
  void mixture_weightThatIsNotPositive_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Mixture(List.of(1.0, 0.0)));
    assertThrows(IllegalArgumentException.class, () -> new Mixture(List.of(Double.NaN)));
    assertThrows(IllegalArgumentException.class, () -> new Mixture(List.of()));
  }
}
