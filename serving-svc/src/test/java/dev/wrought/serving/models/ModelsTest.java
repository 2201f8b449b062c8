package dev.wrought.serving.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.checkpoint.Checkpoint;
import dev.wrought.core.checkpoint.Checkpoints;
import dev.wrought.core.checkpoint.TensorType;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.serving.TinyCheckpoint;
import dev.wrought.serving.engine.Engine;
import dev.wrought.serving.kernel.ComputePool;
import dev.wrought.serving.kernel.KernelChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What is loaded, what stays, and what goes. */
class ModelsTest {
  @TempDir private Path home;
  private final ComputePool pool = new ComputePool(1);
  private final SetClock clock = new SetClock();
  private Path checkpoints;
  private Models models;

  @BeforeEach
  void open() throws IOException {
    models =
        new Models(
            home,
            new ServedModel.Compute(KernelChoice.kernels(), pool, new Engine.Limits(2, 2)),
            2,
            clock);
    checkpoints = TinyCheckpoint.run(home, "uid-1", "demo", "2026-01-01T00:00:00Z");
  }

  @AfterEach
  void close() {
    models.close();
    pool.close();
  }

  @Test
  void lease_theSameCheckpointTwice_loadsItOnce() {
    String path = TinyCheckpoint.publish(checkpoints, "llama", 1).toString();
    Models.Leased first = models.lease(path, "");
    Models.Leased second = models.lease("run:demo", first.model().model().digest());
    assertEquals(first.model().model(), second.model().model());
    assertEquals("run:demo", second.model().reference());
    assertEquals(2, second.model().leases());
    assertEquals(1, models.list().size());
  }

  @Test
  void use_aRunByName_followsItsNewestGoodCheckpoint() throws IOException {
    Path first = TinyCheckpoint.publish(checkpoints, "llama", 1);
    assertUses(first, "run:demo");
    Path second = TinyCheckpoint.publish(checkpoints, "llama", 2);
    assertUses(second, "run:demo");
    Path damaged = TinyCheckpoint.publish(checkpoints, "llama", 3);
    Files.write(damaged.resolve(Checkpoint.WEIGHTS), new byte[] {1});
    assertUses(second, "run:demo");
  }

  @Test
  void use_aRunsNameThatIsLeased_isWhatWasLeased() {
    Path first = TinyCheckpoint.publish(checkpoints, "llama", 1);
    Models.Leased lease = models.lease("run:demo", "");
    Path second = TinyCheckpoint.publish(checkpoints, "llama", 2);
    assertUses(first, "run:demo");
    models.release(lease.lease());
    assertUses(second, "run:demo");
  }

  @Test
  void use_aNameThatTwoRunsHad_isTheNewerRun() throws IOException {
    TinyCheckpoint.publish(checkpoints, "llama", 9);
    Path newer = TinyCheckpoint.run(home, "uid-2", "demo", "2026-01-02T00:00:00Z");
    assertUses(TinyCheckpoint.publish(newer, "llama", 1), "run:demo");
  }

  @Test
  void use_moreModelsThanAreLoadedAtOnce_unloadsTheOneUnusedForLongest() {
    Path[] paths = three();
    assertUses(paths[0], paths[0].toString());
    clock.advance(Duration.ofSeconds(1));
    assertUses(paths[1], paths[1].toString());
    clock.advance(Duration.ofSeconds(1));
    assertUses(paths[0], paths[0].toString());
    clock.advance(Duration.ofSeconds(1));
    assertUses(paths[2], paths[2].toString());
    assertEquals(List.of(paths[2], paths[0]), loaded());
  }

  @Test
  void use_whenAllModelsAreNeeded_isRefusedUntilOneIsNot() {
    Path[] paths = three();
    Models.Leased leased = models.lease(paths[0].toString(), "");
    try (Models.Use inUse = models.use(paths[1].toString())) {
      assertNotEquals(inUse.model(), leased.model().model());
      assertRefused(ErrorCode.OVERLOADED, "2 models", () -> models.use(paths[2].toString()));
      models.release(leased.lease());
      assertUses(paths[2], paths[2].toString());
    }
  }

  @Test
  void use_besideALeaseThatWasForgotten_takesItsPlace() {
    Path[] paths = three();
    models.lease(paths[0].toString(), "");
    models.lease(paths[1].toString(), "");
    assertRefused(ErrorCode.OVERLOADED, "2 models", () -> models.use(paths[2].toString()));
    clock.advance(Duration.ofMinutes(16));
    assertUses(paths[2], paths[2].toString());
  }

  @Test
  void use_withoutAName_isTheOnlyLoadedModel() {
    assertRefused(ErrorCode.FAILED_PRECONDITION, "no model is loaded", () -> models.use(""));
    Path[] paths = three();
    assertUses(paths[0], paths[0].toString());
    assertUses(paths[0], "");
    assertUses(paths[1], paths[1].toString());
    assertRefused(ErrorCode.INVALID_ARGUMENT, paths[1].toString(), () -> models.use(""));
  }

  @Test
  void use_aFolderThatWasReplaced_readsTheNewCheckpoint() {
    Path path = TinyCheckpoint.publish(checkpoints, "llama", 1);
    assertUses(path, path.toString());
    String before = models.list().getFirst().model().digest();
    TinyCheckpoint.publish(checkpoints, "gpt2", 1);
    clock.advance(Duration.ofSeconds(1));
    assertUses(path, path.toString());
    assertNotEquals(before, models.list().getFirst().model().digest());
  }

  /** FAULTS C10. */
  @Test
  void retention_besideALoadedModel_leavesItsCheckpointAlone() throws IOException {
    Path first = TinyCheckpoint.publish(checkpoints, "llama", 1);
    TinyCheckpoint.publish(checkpoints, "llama", 2);
    assertUses(first, first.toString());
    Checkpoints.retain(checkpoints, 1, 0);
    assertTrue(Files.exists(first));
    models.close();
    Checkpoints.retain(checkpoints, 1, 0);
    assertTrue(Files.notExists(first));
  }

  @Test
  void use_whatCannotBeLoaded_unloadsNothingAndLeavesNothingBehind() throws IOException {
    Path[] paths = three();
    assertUses(paths[0], paths[0].toString());
    assertUses(paths[1], paths[1].toString());
    List<Path> before = loaded();

    Path stranger = Files.createDirectories(home.resolve("strangers/photos"));
    assertRefused(ErrorCode.CORRUPT_FILE, "no manifest", () -> models.use(stranger.toString()));
    assertTrue(Files.notExists(stranger.resolveSibling(".leases")));
    assertRefused(ErrorCode.NOT_FOUND, "/no/such", () -> models.use("/no/such"));
    Path wide =
        TinyCheckpoint.publish(
            home.resolve("wide"), TinyCheckpoint.config("wide"), 1, TensorType.F32, _ -> {});
    assertRefused(ErrorCode.OUT_OF_MEMORY, "for each token", () -> models.use(wide.toString()));
    Files.write(paths[2].resolve(Checkpoint.WEIGHTS), new byte[] {1});
    assertRefused(
        ErrorCode.CORRUPT_FILE, "model.safetensors", () -> models.use(paths[2].toString()));

    assertEquals(before, loaded());
  }

  @Test
  void lease_anotherDigestThanWasAskedFor_isRefused() {
    String path = TinyCheckpoint.publish(checkpoints, "llama", 1).toString();
    assertRefused(ErrorCode.DIGEST_MISMATCH, "not abc", () -> models.lease(path, "abc"));
    assertEquals(0, models.list().getFirst().leases());
  }

  @Test
  void references_thatNameNothing_areRefusedByName() {
    assertRefused(ErrorCode.NOT_FOUND, "demo", () -> models.use("run:dmeo"));
    assertRefused(ErrorCode.FAILED_PRECONDITION, "no good", () -> models.use("run:demo"));
    assertRefused(ErrorCode.INVALID_ARGUMENT, "absolute", () -> models.use("checkpoint"));
    assertRefused(ErrorCode.INVALID_ARGUMENT, "absolute", () -> models.use("/a\0b"));
    assertRefused(ErrorCode.NOT_FOUND, "/no/such", () -> models.use("/no/such"));
    assertRefused(ErrorCode.NOT_FOUND, "\"gone\"", () -> models.release("gone"));
  }

  private Path[] three() {
    return new Path[] {
      TinyCheckpoint.publish(checkpoints, "llama", 1),
      TinyCheckpoint.publish(checkpoints, "llama", 2),
      TinyCheckpoint.publish(checkpoints, "gpt2", 3)
    };
  }

  private List<Path> loaded() {
    return models.list().stream().map(listed -> listed.model().path()).toList();
  }

  private void assertUses(Path expected, String reference) {
    try (Models.Use use = models.use(reference)) {
      assertEquals(expected, use.model().path());
    }
  }

  private static void assertRefused(ErrorCode code, String because, Executable call) {
    WroughtException refused = assertThrows(WroughtException.class, call);
    String message = String.valueOf(refused.getMessage());
    assertEquals(code, refused.code(), message);
    assertTrue(message.contains(because), message);
  }

  private static final class SetClock extends Clock {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    void advance(Duration duration) {
      now = now.plus(duration);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("UTC only");
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
