package dev.wrought.cli.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlatformFileTest {
  @TempDir private Path folder;
  private Home home = new Home(Path.of("."));

  @BeforeEach
  void prepare() {
    home = new Home(folder);
    home.prepare();
  }

  private static ProcessRecord ourselves(Part part, Duration offset) {
    ProcessHandle self = ProcessHandle.current();
    Instant started = self.info().startInstant().orElseThrow().plus(offset);
    return new ProcessRecord(part, self.pid(), started, 7712);
  }

  private static PlatformFile file(ProcessRecord... processes) {
    return new PlatformFile("0.1.0", 7710, "127.0.0.1:7719", false, false, List.of(processes));
  }

  @Test
  void file_writtenAndRead_isTheSame() {
    PlatformFile file = file(ourselves(Part.EVAL, Duration.ZERO)).stopping(true);
    file.write(home);
    assertEquals(Optional.of(file), PlatformFile.read(home));
  }

  @Test
  void file_thatIsNotThere_isNone() {
    assertEquals(Optional.empty(), PlatformFile.read(home));
  }

  @Test
  void file_inAHomeThatIsNoFolder_isNone() throws IOException {
    Path file = Files.writeString(home.folder().resolve("file"), "");
    assertEquals(Optional.empty(), PlatformFile.read(new Home(file.resolve("home"))));
  }

  @Test
  void file_thatIsDamaged_saysWhichAndWhatToDo() throws IOException {
    for (String wrong : List.of("", "{", "{\"version\": 1}", "[]")) {
      Files.writeString(home.platformFile(), wrong);
      WroughtException failure =
          assertThrows(WroughtException.class, () -> PlatformFile.read(home));
      assertEquals(ErrorCode.UNAVAILABLE, failure.code());
      assertTrue(failure.getMessage().contains("platform.json cannot be read"));
      assertTrue(failure.getMessage().contains("then delete it"));
      assertEquals(1, failure.getMessage().lines().count());
    }
  }

  @Test
  void process_ofTheSamePid_isAliveOnlyWithItsStartTime() {
    assertTrue(ourselves(Part.EVAL, Duration.ZERO).alive());
    assertTrue(ourselves(Part.EVAL, Duration.ofSeconds(1)).alive());
    assertFalse(ourselves(Part.EVAL, Duration.ofMinutes(-1)).alive());
    assertFalse(file(ourselves(Part.EVAL, Duration.ofDays(-1))).anyAlive());
  }

  @Test
  void process_thatHasEnded_isNotAlive() throws IOException, InterruptedException {
    Process process = new ProcessBuilder("sleep", "60").start();
    ProcessRecord record = ProcessRecord.of(Part.BROKER, process, 7719);
    assertTrue(record.alive());
    assertTrue(record.residentBytes().orElse(1L) > 0);
    process.destroyForcibly().waitFor();
    assertFalse(record.alive());
  }

  @Test
  void process_startedAgain_replacesTheFormer() {
    PlatformFile first = file(ourselves(Part.EVAL, Duration.ofDays(-1)));
    PlatformFile second = first.with(ourselves(Part.EVAL, Duration.ZERO));
    assertEquals(1, second.processes().size());
    assertTrue(second.process(Part.EVAL).orElseThrow().alive());
    assertEquals(Optional.empty(), second.process(Part.BROKER));
  }

  @Test
  void home_ofAnotherLayout_isNotTouched() throws IOException {
    Files.writeString(folder.resolve("layoutVersion"), "7\n");
    WroughtException failure = assertThrows(WroughtException.class, home::prepare);
    assertEquals(ErrorCode.FAILED_PRECONDITION, failure.code());
    assertTrue(failure.getMessage().contains("has layout 7 and this version reads layout 1"));
  }

  @Test
  void parts_areFoundByBothNames_andUnknownOnesListAll() {
    assertEquals(Part.EVAL, Part.of("eval"));
    assertEquals(Part.EVAL, Part.of("eval-svc"));
    WroughtException failure = assertThrows(WroughtException.class, () -> Part.of("evil"));
    assertTrue(failure.getMessage().contains("broker, tokenizer, trainer, eval, serving"));
  }
}
