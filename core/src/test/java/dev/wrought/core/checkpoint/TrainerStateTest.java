package dev.wrought.core.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrainerStateTest {
  @TempDir Path folder;

  static TrainerState state(int step, OptionalDouble loss, double validationLoss) {
    return new TrainerState(
        "0198-uid",
        "jdk-small",
        1,
        step,
        100,
        step * 16L,
        step * 4096L,
        1,
        0,
        OptionalDouble.empty(),
        loss,
        OptionalDouble.of(validationLoss),
        6e-4,
        "sha256:t",
        List.of(new TrainerState.WeightedDataset("jdk@abc", 1.0)),
        2,
        "avx512",
        true,
        12.5);
  }

  @Test
  void write_thenRead_isEqual() throws IOException {
    TrainerState state = state(3, OptionalDouble.of(2.25), 2.5);
    state.write(folder);
    assertEquals(state, TrainerState.read(folder));
  }

  @Test
  void lossThatIsNotFinite_isAbsent() throws IOException {
    state(3, OptionalDouble.of(Double.POSITIVE_INFINITY), 2.5).write(folder);
    assertTrue(TrainerState.read(folder).loss().isEmpty());
  }

  @Test
  void read_newerFormat_saysSo() throws IOException {
    Files.writeString(folder.resolve(TrainerState.FILE_NAME), "{\"formatVersion\": 2}");
    WroughtException refusal =
        assertThrows(WroughtException.class, () -> TrainerState.read(folder));
    assertTrue(String.valueOf(refusal.getMessage()).contains("format version 2"));
    assertEquals(ErrorCode.FAILED_PRECONDITION, refusal.code(), "it is not damaged");
  }

  @Test
  void read_missingField_namesIt() throws IOException {
    Files.writeString(folder.resolve(TrainerState.FILE_NAME), "{\"formatVersion\": 1}");
    WroughtException refusal =
        assertThrows(WroughtException.class, () -> TrainerState.read(folder));
    assertTrue(String.valueOf(refusal.getMessage()).contains("runUid"), refusal.getMessage());
  }
}
