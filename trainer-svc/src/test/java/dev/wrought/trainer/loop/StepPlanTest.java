package dev.wrought.trainer.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.recipe.RunDuration;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class StepPlanTest {
  private static StepPlan of(RunDuration duration, double overhead) {
    return StepPlan.of(duration, 1000, 500_000, overhead);
  }

  /** Steps of so many seconds, until the plan is made. @return after how many it was */
  private static int measure(StepPlan plan, double firstThree, double others) {
    double total = 0;
    for (int step = 1; step <= 1000; step++) {
      double seconds = step <= 3 ? firstThree : others;
      total += seconds;
      plan.measure(step, seconds, total);
      if (plan.planned().isPresent()) {
        return step;
      }
    }
    throw new AssertionError("never planned");
  }

  @Test
  void of_stepsTokensAndChinchilla_areKnownAtOnce() {
    assertEquals(OptionalInt.of(7), of(new RunDuration.Steps(7), 0).planned());
    assertEquals(OptionalInt.of(3), of(new RunDuration.Tokens(2001), 0).planned());
    assertEquals(OptionalInt.of(1), of(new RunDuration.Tokens(1), 0).planned());
    assertEquals(OptionalInt.of(10_000), of(new RunDuration.Chinchilla(1.0), 0).planned());
  }

  @Test
  void time_isPlannedAfterTwentySteps_withoutTheWarmOnes() {
    StepPlan plan = of(new RunDuration.Time(Duration.ofMinutes(5)), 0);
    assertTrue(plan.planned().isEmpty());
    assertFalse(plan.isDone(1_000_000));
    assertEquals(20, measure(plan, 10, 0.5));
    // 38.5 of 300 seconds are gone; the rest takes 0.5 s a step
    assertEquals(OptionalInt.of(20 + 523), plan.planned());
    assertTrue(plan.isDone(543));
    assertFalse(plan.isDone(542));
  }

  @Test
  void time_stepsAreQuick_isPlannedAfterATwentieth() {
    StepPlan plan = of(new RunDuration.Time(Duration.ofSeconds(128)), 0);
    assertEquals(205, measure(plan, 0.03125, 0.03125));
    assertEquals(OptionalInt.of(4096), plan.planned());
  }

  @Test
  void time_stepsAreSlow_isPlannedAfterAQuarter() {
    StepPlan plan = of(new RunDuration.Time(Duration.ofSeconds(100)), 0);
    assertEquals(5, measure(plan, 5, 5));
    assertEquals(OptionalInt.of(20), plan.planned());
  }

  @Test
  void time_measurementsBesideTheSteps_areReckonedWith() {
    StepPlan plan = of(new RunDuration.Time(Duration.ofSeconds(100)), 0.25);
    measure(plan, 1, 1);
    assertEquals(OptionalInt.of(20 + 64), plan.planned());
  }

  @Test
  void time_planned_staysAsItIs() {
    StepPlan plan = of(new RunDuration.Time(Duration.ofSeconds(100)), 0);
    measure(plan, 1, 1);
    plan.measure(21, 50, 70);
    assertEquals(OptionalInt.of(100), plan.planned());
  }

  @Test
  void time_isAlreadyOver_takesOneMoreStep() {
    StepPlan plan = of(new RunDuration.Time(Duration.ofSeconds(1)), 0);
    assertEquals(4, measure(plan, 9, 9));
    assertEquals(OptionalInt.of(5), plan.planned());
  }
}
