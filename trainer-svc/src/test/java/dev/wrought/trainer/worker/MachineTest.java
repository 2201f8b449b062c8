package dev.wrought.trainer.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.trainer.journal.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MachineTest {
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
  @TempDir Path folder;
  private RunDirectory run = new RunDirectory(Path.of(""));

  @BeforeEach
  void makeRun() throws IOException {
    run = RunDirectory.of(folder, "uid");
    Files.createDirectories(run.path());
  }

  @Test
  void pin_laterStarts_keepToTheFirst() {
    Machine.Pinned first = Machine.pin(run, 1);
    assertEquals(1, first.machine().threads());
    assertTrue(first.exact());
    assertEquals(first, Machine.pin(run, 0), "whatever is wanted now");
  }

  @Test
  void pin_threads_areAtMostTheProcessors() {
    assertEquals(PROCESSORS, Machine.pin(run, 0).machine().threads());
    assertEquals(PROCESSORS, Machine.pin(run, PROCESSORS + 7).machine().threads());
  }

  @Test
  void pin_firstStartHadMoreThreads_isInexact() throws IOException {
    Machine here = Machine.pin(run, 0).machine();
    pinned(PROCESSORS + 1, here.instructionSet());
    assertEquals(new Machine.Pinned(here, false), Machine.pin(run, 0));
  }

  @Test
  void pin_firstStartHadOtherInstructions_isInexact() throws IOException {
    Machine here = Machine.pin(run, 1).machine();
    pinned(1, "abacus");
    Machine.Pinned now = Machine.pin(run, 1);
    assertFalse(now.exact());
    assertEquals(here, now.machine());
  }

  private void pinned(int threads, String instructionSet) throws IOException {
    Files.writeString(
        run.machine(),
        "{\"threads\": %d, \"instructionSet\": \"%s\"}".formatted(threads, instructionSet));
  }
}
