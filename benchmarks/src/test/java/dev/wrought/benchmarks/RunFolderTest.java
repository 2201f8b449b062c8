package dev.wrought.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wrought.core.checkpoint.RunFolder;
import dev.wrought.trainer.journal.RunDirectory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The one who writes a run's folder and those who read it mean the same. */
class RunFolderTest {
  @Test
  void readersAndTheWriter_meanTheSameFiles() {
    Path home = Path.of("home").toAbsolutePath();
    RunDirectory written = RunDirectory.of(home, "uid");
    RunFolder read = new RunFolder(RunFolder.all(home).resolve("uid"));
    assertEquals(written.path(), read.path());
    assertEquals(written.state(), read.state());
    assertEquals(written.checkpoints(), read.checkpoints());
  }
}
