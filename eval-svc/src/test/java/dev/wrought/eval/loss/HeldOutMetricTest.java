package dev.wrought.eval.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HeldOutMetricTest {
  @Test
  void of_aUniformGuessOfBytes_isEightBits() {
    double nats = 1_000 * Math.log(256);
    assertEquals(8, HeldOutMetric.BITS_PER_BYTE.of(nats, 1_000, 1_000).orElseThrow(), 1e-12);
    assertEquals(256, HeldOutMetric.PERPLEXITY.of(nats, 1_000, 1_000).orElseThrow(), 1e-9);
    assertEquals(Math.log(256), HeldOutMetric.LOSS.of(nats, 1_000, 1_000).orElseThrow(), 1e-12);
  }

  @Test
  void of_nothingOrTooMuch_isEmpty() {
    assertTrue(HeldOutMetric.LOSS.of(0, 0, 0).isEmpty());
    assertTrue(HeldOutMetric.BITS_PER_BYTE.of(5, 5, 0).isEmpty());
    assertTrue(HeldOutMetric.LOSS.of(Double.NaN, 5, 5).isEmpty());
    assertTrue(HeldOutMetric.PERPLEXITY.of(1e6, 1, 5).isEmpty());
  }

  @Test
  void metricName_ofEach_isTheEventsName() {
    assertEquals("bits_per_byte", HeldOutMetric.BITS_PER_BYTE.metricName());
  }
}
