package dev.wrought.trainer.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.ExitCode;
import dev.wrought.core.error.WroughtException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of {@link RunState}'s documentation, entry by entry. */
final class RunStateTest {
  private static final List<RunSignal> SIGNALS =
      List.of(
          new RunSignal.Launched(),
          new RunSignal.Ready(),
          new RunSignal.StopAsked(),
          new RunSignal.Ended(ExitCode.OK),
          new RunSignal.Ended(ExitCode.STOPPED),
          new RunSignal.Ended(ExitCode.INTERRUPTED),
          new RunSignal.Ended(ExitCode.NON_FINITE),
          new RunSignal.Lost(true),
          new RunSignal.Lost(false),
          new RunSignal.ResumeAsked());

  /** "-": refused. */
  private static final String TABLE =
      """
      PENDING   STARTING -       STOPPED  -         -       -       -      -       -       PENDING
      STARTING  -        RUNNING STOPPING SUCCEEDED STOPPED STOPPED FAILED PENDING FAILED  STARTING
      RUNNING   -        RUNNING STOPPING SUCCEEDED STOPPED STOPPED FAILED PENDING FAILED  RUNNING
      STOPPING  -        STOPPING STOPPING SUCCEEDED STOPPED STOPPED FAILED STOPPED STOPPED -
      SUCCEEDED -        -       SUCCEEDED -        -       -       -      -       -       -
      STOPPED   -        -       STOPPED  -         -       -       -      -       -       PENDING
      FAILED    -        -       FAILED   -         -       -       -      -       -       PENDING
      """;

  @Test
  void after_everyStateAndSignal_isAsInTheTable() {
    List<String> actual = new ArrayList<>();
    for (RunState state : RunState.ALL) {
      List<String> row = new ArrayList<>(List.of(state.label()));
      SIGNALS.forEach(signal -> row.add(after(state, signal)));
      actual.add(String.join(" ", row));
    }
    assertEquals(TABLE.strip().lines().map(line -> line.replaceAll(" +", " ")).toList(), actual);
  }

  private static String after(RunState state, RunSignal signal) {
    try {
      return state.after(signal).label();
    } catch (WroughtException refused) {
      assertEquals(ErrorCode.FAILED_PRECONDITION, refused.code());
      return "-";
    }
  }

  @Test
  void after_anyOtherExitCode_isAFailure() {
    Arrays.stream(ExitCode.values())
        .filter(code -> !List.of(0, 7, 130).contains(code.code()))
        .forEach(code ->
            assertEquals(
                new RunState.Failed(),
                new RunState.Running().after(new RunSignal.Ended(code)),
                code.name()));
  }

  @Test
  void after_resumeOfASuccess_saysWhatToDoInstead() {
    WroughtException refused =
        assertThrows(
            WroughtException.class,
            () -> new RunState.Succeeded().after(new RunSignal.ResumeAsked()));
    assertTrue(String.valueOf(refused.getMessage()).contains("longer duration"));
  }

  @Test
  void of_label_isTheState() {
    RunState.ALL.forEach(state -> assertEquals(state, RunState.of(state.label())));
    assertThrows(IllegalArgumentException.class, () -> RunState.of("ASLEEP"));
  }
}
