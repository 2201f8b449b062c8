package dev.wrought.trainer.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProcessBackendTest {
  private final ProcessBackend backend = new ProcessBackend(List.of());
  private final ProcessHandle self = ProcessHandle.current();

  @Test
  void adopt_sameIdAndStart_isTheProcess() {
    PodReference reference =
        new PodReference(self.pid(), self.info().startInstant().orElse(Instant.EPOCH));
    assertEquals(self.pid(), backend.adopt(reference).orElseThrow().reference().pid());
  }

  @Test
  void adopt_sameIdAndAnotherStart_isAnotherProcess() {
    assertTrue(backend.adopt(new PodReference(self.pid(), Instant.ofEpochSecond(1))).isEmpty());
  }

  @Test
  void adopt_byIdAlone_isTheProcess() {
    assertTrue(backend.adopt(PodReference.ofLiving(self.pid())).isPresent());
  }
}
