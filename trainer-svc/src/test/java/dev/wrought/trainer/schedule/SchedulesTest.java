package dev.wrought.trainer.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.error.WroughtException;
import dev.wrought.core.plugin.PluginConfig;
import dev.wrought.core.plugin.PluginContext;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class SchedulesTest {
  private static final PluginContext CONTEXT = PluginContext.of(Path.of("/"));
  private static final OptionalInt HUNDRED = OptionalInt.of(100);

  private static LearningRateSchedule cosine(Map<String, ?> settings) {
    return new CosineScheduleFactory().create(PluginConfig.of(settings), CONTEXT);
  }

  private static LearningRateSchedule constant(Map<String, ?> settings) {
    return new ConstantScheduleFactory().create(PluginConfig.of(settings), CONTEXT);
  }

  @Test
  void cosine_risesThenFalls_toItsFinalFraction() {
    LearningRateSchedule schedule = cosine(Map.of("warmupSteps", 10, "finalFraction", 0.1));
    assertEquals(1 / 11.0, schedule.factor(1, HUNDRED), 1e-12);
    assertEquals(10 / 11.0, schedule.factor(10, HUNDRED), 1e-12);
    assertEquals(0.55, schedule.factor(55, HUNDRED), 1e-12); // half way down
    assertEquals(0.1, schedule.factor(100, HUNDRED), 1e-12);
    assertEquals(0.1, schedule.factor(101, HUNDRED), 1e-12);
    for (int step = 11; step < 100; step++) {
      assertTrue(schedule.factor(step + 1, HUNDRED) < schedule.factor(step, HUNDRED));
    }
  }

  @Test
  void cosine_endNotKnownYet_staysAtThePeak() {
    LearningRateSchedule schedule = cosine(Map.of("warmupSteps", 3));
    assertEquals(0.5, schedule.factor(2, OptionalInt.empty()), 1e-12);
    assertEquals(1.0, schedule.factor(20, OptionalInt.empty()));
  }

  @Test
  void cosine_runShorterThanItsWarmUp_spendsATenthOnIt() {
    LearningRateSchedule schedule = cosine(Map.of("warmupSteps", 500));
    assertEquals(10 / 11.0, schedule.factor(10, HUNDRED), 1e-12);
    assertTrue(schedule.factor(20, HUNDRED) > 0.9);
    assertEquals(0.1, schedule.factor(100, HUNDRED), 1e-12);
  }

  @Test
  void cosine_oneStep_hasARate() {
    assertTrue(cosine(Map.of()).factor(1, OptionalInt.of(1)) > 0);
  }

  @Test
  void constant_afterItsWarmUp_staysAtThePeak() {
    LearningRateSchedule schedule = constant(Map.of("warmupSteps", 3));
    assertEquals(0.25, schedule.factor(1, HUNDRED), 1e-12);
    assertEquals(1.0, schedule.factor(4, HUNDRED));
    assertEquals(1.0, schedule.factor(100, HUNDRED));
    assertEquals(1.0, constant(Map.of()).factor(1, HUNDRED));
  }

  @Test
  void settings_misspelt_areRefusedWithTheNearest() {
    WroughtException refused =
        assertThrows(WroughtException.class, () -> cosine(Map.of("warmupStep", 10)));
    assertTrue(String.valueOf(refused.getMessage()).contains("warmupSteps"));
  }
}
