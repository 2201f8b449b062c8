package dev.wrought.cli.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlatformLockTest {
  @TempDir private Path folder;

  @Test
  void lock_thatIsHeld_namesItsHolderAndTheRemedy() {
    Home home = new Home(folder);
    try (PlatformLock _ = PlatformLock.take(home)) {
      assertTrue(PlatformLock.tryTake(home).isEmpty());
      WroughtException failure =
          assertThrows(WroughtException.class, () -> PlatformLock.take(home));
      assertEquals(ErrorCode.LOCKED, failure.code());
      assertTrue(
          failure.getMessage().contains("(pid " + ProcessHandle.current().pid() + ")"),
          failure.getMessage());
    }
    PlatformLock.take(home).close();
  }

  @Test
  void lock_thatSomebodyLeftBehind_locksNothing() throws IOException {
    Home home = new Home(folder);
    Files.writeString(home.lockFile(), "4194303");
    PlatformLock.take(home).close();
  }

  @Test
  void lock_whereNothingCanBeWritten_isAStorageFailure() throws IOException {
    Files.writeString(folder.resolve("file"), "");
    Home home = new Home(folder.resolve("file"));
    WroughtException failure = assertThrows(WroughtException.class, () -> PlatformLock.take(home));
    assertEquals(ErrorCode.STORAGE, failure.code());
    assertTrue(failure.getMessage().contains("--home"), failure.getMessage());
  }
}
