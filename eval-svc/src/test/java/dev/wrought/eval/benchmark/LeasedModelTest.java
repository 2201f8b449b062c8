package dev.wrought.eval.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is waited for, and what is not. */
class LeasedModelTest {
  private static final Patience PATIENT = new Patience(() -> false);

  private final Formula server = new Formula();

  @Test
  void logLikelihood_ofDocuments_scoresEachTokenOnceAndReleasesTheModel() {
    List<Double> progress = new ArrayList<>();
    try (LeasedModel model = load(PATIENT)) {
      double sum = model.logLikelihood(List.of(new int[9], new int[1]), 7, progress::add);
      assertEquals(-10, sum);
    }
    assertEquals(1, progress.getLast());
    assertEquals(List.of("lease"), server.released);
  }

  @Test
  void load_whileTheServerIsOverloaded_waits() {
    server.failures.add(ErrorCode.OVERLOADED);
    load(PATIENT).close();
    assertEquals(2, server.loads);
  }

  @Test
  void load_whatDoesNotFit_isNotTriedAgain() {
    for (ErrorCode code :
        List.of(ErrorCode.OUT_OF_MEMORY, ErrorCode.STORAGE, ErrorCode.NATIVE_LIBRARY)) {
      server.failures.add(code);
      server.loads = 0;
      WroughtException refused = assertThrows(WroughtException.class, () -> load(PATIENT));
      assertEquals(code, refused.code());
      assertEquals(1, server.loads);
    }
  }

  @Test
  void load_forACallerWhoHasGone_ends() {
    server.failures.add(ErrorCode.OVERLOADED);
    Patience gone = new Patience(() -> server.loads > 0);
    WroughtException refused = assertThrows(WroughtException.class, () -> load(gone));
    assertEquals(ErrorCode.CANCELLED, refused.code());
  }

  private LeasedModel load(Patience patience) {
    return LeasedModel.load(server, patience, Path.of("/checkpoint"));
  }

  /** Every token has the log-likelihood -1; what is in {@code failures} comes first. */
  private static final class Formula implements ModelServer {
    private final Deque<ErrorCode> failures = new ArrayDeque<>();
    private final List<String> released = new ArrayList<>();
    private int loads;

    @Override
    public Held load(Path checkpoint) {
      loads++;
      if (!failures.isEmpty()) {
        throw new WroughtException(failures.remove(), "as the test wants it");
      }
      return new Held("lease", checkpoint.toString(), 4, "");
    }

    @Override
    public List<Double> logLikelihoods(String model, List<Window> windows) {
      return windows.stream().map(window -> -1.0 * window.continuation().length).toList();
    }

    @Override
    public void release(String lease) {
      released.add(lease);
    }
  }
}
