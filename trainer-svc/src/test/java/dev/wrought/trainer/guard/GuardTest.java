package dev.wrought.trainer.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.recipe.GuardSpec;
import dev.wrought.core.recipe.GuardSpec.NonFinite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GuardTest {
  private static Guard guard(NonFinite policy) {
    return new Guard(new GuardSpec(policy, GuardSpec.Spike.MARK));
  }

  @ParameterizedTest
  @CsvSource({"NaN,1", "Infinity,1", "1,NaN", "1,Infinity"})
  void judge_notFinite_stopsAndNamesTheBatch(double loss, double norm) {
    Verdict verdict = guard(NonFinite.STOP).judge(loss, norm, () -> "samples 8 to 15");
    assertTrue(assertInstanceOf(Verdict.Stop.class, verdict).why().contains("samples 8 to 15"));
  }

  @Test
  void judge_finite_goesOn() {
    assertEquals(new Verdict.GoOn(), guard(NonFinite.STOP).judge(1e30, 0, () -> ""));
  }

  @Test
  void judge_skipping_stopsWhereNothingIsAnyBetter() {
    Guard guard = guard(NonFinite.SKIP);
    for (int i = 0; i < Guard.MAX_SKIPS_IN_A_ROW; i++) {
      assertEquals(new Verdict.GoOn(), guard.judge(Double.NaN, 1, () -> ""));
    }
    assertInstanceOf(Verdict.Stop.class, guard.judge(Double.NaN, 1, () -> ""));
  }

  @Test
  void judge_skipping_countsSkipsInARowOnly() {
    Guard guard = guard(NonFinite.SKIP);
    for (int i = 0; i < 5 * Guard.MAX_SKIPS_IN_A_ROW; i++) {
      assertEquals(new Verdict.GoOn(), guard.judge(i % 2 == 0 ? Double.NaN : 1, 1, () -> ""));
    }
  }
}
