package dev.wrought.core.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.artifact.DurableFiles;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CheckpointPublisherTest {
  @TempDir Path folder;

  /** Stands for the machine's death: nothing that a program would do after it is done. */
  private static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void publish_content_isWholeAndDigested() {
    Checkpoint published = new CheckpointPublisher(folder).publish(7, content(7, "weights"));
    assertEquals("step-00000007", published.path().getFileName().toString());
    assertEquals(published.digest(), Checkpoint.open(published.path()).digest());
    assertEquals(7, published.step());
  }

  /** FAULTS C5: before the rename the older checkpoint is the newest, after it the new one. */
  @ParameterizedTest
  @EnumSource(
      value = CheckpointPublisher.Stage.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = "PREDECESSOR_MOVED")
  void publish_crash_leavesOldOrNew(CheckpointPublisher.Stage at) throws IOException {
    new CheckpointPublisher(folder).publish(1, content(1, "old"));

    assertThrows(Crash.class, () -> crashing(at).publish(2, content(2, "new")));

    boolean published = at.compareTo(CheckpointPublisher.Stage.RENAMED) >= 0;
    assertEquals(published ? 2 : 1, Checkpoints.newestGood(folder).orElseThrow().step());
    new CheckpointPublisher(folder).publish(3, content(3, "after"));
    assertEquals(3, Checkpoints.newestGood(folder).orElseThrow().step());
    assertNoStrays();
  }

  @ParameterizedTest
  @EnumSource(CheckpointPublisher.Stage.class)
  void recover_afterACrashWhileReplacing_oldOrNewIsInItsPlace(CheckpointPublisher.Stage at)
      throws IOException {
    new CheckpointPublisher(folder).publish(1, content(1, "older"));
    new CheckpointPublisher(folder).publish(2, content(2, "replaced"));

    assertThrows(Crash.class, () -> crashing(at).publish(2, content(2, "new")));

    int newest = Checkpoints.newestGood(folder).orElseThrow().step();
    assertEquals(at == CheckpointPublisher.Stage.PREDECESSOR_MOVED ? 1 : 2, newest);
    new CheckpointPublisher(folder).recover();
    boolean published = at.compareTo(CheckpointPublisher.Stage.RENAMED) >= 0;
    assertEquals(published ? "new" : "replaced", weights(2));
    assertNoStrays();
  }

  @Test
  void publish_failsWhileReplacing_putsTheOldOneBack() throws IOException {
    new CheckpointPublisher(folder).publish(2, content(2, "replaced"));
    Path temporary = folder.resolve(".tmp-step-00000002");
    CheckpointPublisher failing =
        acting(
            CheckpointPublisher.Stage.PREDECESSOR_MOVED,
            () -> DurableFiles.deleteFolder(temporary));

    WroughtException failure =
        assertThrows(WroughtException.class, () -> failing.publish(2, content(2, "new")));

    assertTrue(failure.getMessage().contains("could not be saved"), failure.getMessage());
    assertEquals("replaced", weights(2));
    assertNoStrays();
  }

  @Test
  void publish_renameCannotBeSynced_saysThatTheCheckpointIsThere() throws IOException {
    new CheckpointPublisher(folder).publish(2, content(2, "replaced"));
    CheckpointPublisher failing =
        acting(CheckpointPublisher.Stage.RENAMED, () -> Thread.currentThread().interrupt());

    WroughtException failure =
        assertThrows(WroughtException.class, () -> failing.publish(2, content(2, "new")));

    assertTrue(Thread.interrupted(), "the channel was closed by the interruption");
    assertEquals(ErrorCode.STORAGE, failure.code());
    assertTrue(failure.getMessage().contains("step-00000002 is there, but"), failure.getMessage());
    assertEquals("new", weights(2));
    assertTrue(
        Files.exists(folder.resolve(".tmp-replaced-step-00000002")), "not yet to be removed");
    new CheckpointPublisher(folder).recover();
    assertNoStrays();
  }

  @Test
  void publish_straysCannotBeRemoved_isNoFailure() throws IOException {
    Path checkpoints = folder.resolve("checkpoints");
    Path elsewhere = folder.resolve("elsewhere");
    CheckpointPublisher unlucky =
        new CheckpointPublisher(
            checkpoints,
            observer(
                CheckpointPublisher.Stage.PARENT_SYNCED, () -> Files.move(checkpoints, elsewhere)));
    assertEquals(2, unlucky.publish(2, content(2, "new")).step());
    assertEquals(2, Checkpoints.newestGood(elsewhere).orElseThrow().step());
  }

  @Test
  void publish_contentFails_isReportedAndRemoved() throws IOException {
    new CheckpointPublisher(folder).publish(1, content(1, "old"));
    CheckpointPublisher publisher = new CheckpointPublisher(folder);
    WroughtException failure =
        assertThrows(
            WroughtException.class,
            () ->
                publisher.publish(
                    2,
                    target -> {
                      Files.writeString(target.resolve("half"), "x");
                      throw new IOException("No space left on device");
                    }));
    assertEquals(ErrorCode.STORAGE, failure.code());
    assertTrue(String.valueOf(failure.getMessage()).contains("No space left"));
    assertEquals(1, Checkpoints.newestGood(folder).orElseThrow().step());
    assertNoStrays();
  }

  @Test
  void newestGood_damagedNewest_fallsBack() throws IOException {
    CheckpointPublisher publisher = new CheckpointPublisher(folder);
    publisher.publish(1, content(1, "old"));
    Path damaged = damage(publisher.publish(2, content(2, "new")));
    assertEquals(1, Checkpoints.newestGood(folder).orElseThrow().step());
    WroughtException why =
        assertThrows(WroughtException.class, () -> Checkpoint.open(damaged.resolveSibling("")));
    assertTrue(String.valueOf(why.getMessage()).contains("SHA-256 of model.safetensors"));
  }

  /** A flipped bit. @return the damaged file */
  private static Path damage(Checkpoint checkpoint) throws IOException {
    Path file = checkpoint.file("model.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    bytes[0] ^= 1;
    return Files.write(file, bytes);
  }

  @Test
  void toGoOnFrom_allAreDamaged_isRefusedWithEveryReason() throws IOException {
    assertTrue(Checkpoints.toGoOnFrom(folder).isEmpty(), "nothing yet is a beginning");
    CheckpointPublisher publisher = new CheckpointPublisher(folder);
    Checkpoint older = publisher.publish(1, content(1, "old"));
    damage(publisher.publish(2, content(2, "new")));
    assertEquals(1, Checkpoints.toGoOnFrom(folder).orElseThrow().step());
    damage(older);
    WroughtException refused =
        assertThrows(WroughtException.class, () -> Checkpoints.toGoOnFrom(folder));
    assertEquals(ErrorCode.CORRUPT_FILE, refused.code());
    for (String step : List.of("step-00000001", "step-00000002")) {
      assertTrue(refused.getMessage().contains(step), refused.getMessage());
    }
  }

  @Test
  void newestGood_newestIsOfANewerFormat_isNotPassedOver() throws IOException {
    CheckpointPublisher publisher = new CheckpointPublisher(folder);
    publisher.publish(1, content(1, "old"));
    Path manifest = publisher.publish(2, content(2, "new")).file(Manifest.FILE_NAME);
    Files.writeString(
        manifest,
        Files.readString(manifest).replace("\"formatVersion\" : 1", "\"formatVersion\" : 2"));
    WroughtException refused =
        assertThrows(WroughtException.class, () -> Checkpoints.newestGood(folder));
    assertEquals(ErrorCode.FAILED_PRECONDITION, refused.code());
    assertThrows(WroughtException.class, () -> Checkpoints.retain(folder, 1, 0));
    assertEquals(2, Checkpoints.list(folder).size());
  }

  /** The newest is damaged, so the run goes on from the one before and publishes one between. */
  @Test
  void retain_damagedNewestWithTheBestLoss_doesNotCount() throws IOException {
    CheckpointPublisher publisher = new CheckpointPublisher(folder);
    publisher.publish(200, content(200, 2.0));
    damage(publisher.publish(400, content(400, 1.0)));
    assertEquals(200, Checkpoints.toGoOnFrom(folder).orElseThrow().step());
    publisher.publish(250, content(250, 3.0));
    Checkpoints.retain(folder, 1, 1);
    assertEquals("[250, 200]", steps());
  }

  @Test
  void retain_knownToBeWhole_isNotReadAgain() throws IOException {
    CheckpointPublisher publisher = new CheckpointPublisher(folder);
    publisher.publish(1, content(1, "old"));
    Checkpoint known = publisher.publish(2, content(2, "new"));
    damage(known);
    Set<Path> whole = new HashSet<>(Set.of(known.path()));
    Checkpoints.retain(folder, 2, 0, whole);
    assertEquals(
        Set.copyOf(Checkpoints.list(folder)), whole, "the other was read, and is known now");
  }

  @Test
  void newestGood_strangeNames_areIgnored() throws IOException {
    Files.createDirectories(folder.resolve("step-2"));
    Files.createDirectories(folder.resolve(".tmp-step-00000009"));
    Files.createDirectories(folder.resolve("step-00000008"));
    Files.writeString(folder.resolve("notes.txt"), "x");
    assertTrue(Checkpoints.newestGood(folder).isEmpty());
    assertTrue(Checkpoints.newestGood(folder.resolve("missing")).isEmpty());
  }

  @Test
  void newestGood_lossWasNotFinite_isPassedOver() throws IOException {
    CheckpointPublisher publisher = new CheckpointPublisher(folder);
    publisher.publish(1, content(1, "good"));
    publisher.publish(
        2, target -> TrainerStateTest.state(2, OptionalDouble.of(Double.NaN), 1).write(target));
    assertEquals(1, Checkpoints.newestGood(folder).orElseThrow().step());
  }

  @Test
  void retain_keepsNewestBestAndLeased() throws IOException {
    CheckpointPublisher publisher = new CheckpointPublisher(folder);
    double[] losses = {5, 2, 4, 3, 3.5, 3.6};
    for (int step = 1; step <= losses.length; step++) {
      publisher.publish(step, content(step, losses[step - 1]));
    }
    try (CheckpointLease lease = CheckpointLease.take(folder.resolve("step-00000003"))) {
      Checkpoints.retain(folder, 2, 1);
      assertEquals("[6, 5, 3, 2]", steps());
    }
    Checkpoints.retain(folder, 2, 1);
    assertEquals("[6, 5, 2]", steps());
    assertNoStrays();
  }

  @Test
  void take_deletedCheckpoint_isNotFound() {
    WroughtException refusal =
        assertThrows(
            WroughtException.class, () -> CheckpointLease.take(folder.resolve("step-00000001")));
    assertEquals(ErrorCode.NOT_FOUND, refusal.code());
  }

  @Test
  void isTaken_leaseOfADeadProcess_isRemoved() throws IOException {
    Path checkpoint = new CheckpointPublisher(folder).publish(1, content(1, "x")).path();
    Path left = Files.createDirectories(folder.resolve(".leases")).resolve("step-00000001.dead");
    Files.createFile(left);
    assertFalse(CheckpointLease.isTaken(checkpoint));
    assertFalse(Files.exists(left));
  }

  @Test
  void manifest_pathInAName_isRefused() throws IOException {
    Path checkpoint = new CheckpointPublisher(folder).publish(1, content(1, "x")).path();
    Path manifest = checkpoint.resolve(Manifest.FILE_NAME);
    Files.writeString(
        manifest, Files.readString(manifest).replace("model.safetensors", "../../etc/passwd"));
    assertThrows(WroughtException.class, () -> Checkpoint.open(checkpoint));
  }

  private CheckpointPublisher crashing(CheckpointPublisher.Stage at) {
    return acting(
        at,
        () -> {
          throw new Crash();
        });
  }

  private CheckpointPublisher acting(CheckpointPublisher.Stage at, Act act) {
    return new CheckpointPublisher(folder, observer(at, act));
  }

  /** What happens to a publication. */
  @FunctionalInterface
  private interface Act {
    void run() throws IOException;
  }

  private static CheckpointPublisher.Observer observer(CheckpointPublisher.Stage at, Act act) {
    return stage -> {
      if (stage == at) {
        try {
          act.run();
        } catch (IOException failure) {
          throw new UncheckedIOException(failure);
        }
      }
    };
  }

  private static CheckpointPublisher.Content content(int step, String weights) {
    return content(step, weights, 1.5);
  }

  private static CheckpointPublisher.Content content(int step, double validationLoss) {
    return content(step, "weights", validationLoss);
  }

  private static CheckpointPublisher.Content content(
      int step, String weights, double validationLoss) {
    return target -> {
      Files.writeString(target.resolve("model.safetensors"), weights);
      TrainerStateTest.state(step, OptionalDouble.of(1.5), validationLoss).write(target);
    };
  }

  private String weights(int step) throws IOException {
    Checkpoint checkpoint = Checkpoint.open(folder.resolve(Checkpoints.name(step)));
    return Files.readString(checkpoint.file("model.safetensors"));
  }

  private String steps() {
    return Checkpoints.list(folder).stream()
        .map(path -> Checkpoint.peek(path).step())
        .toList()
        .toString();
  }

  private void assertNoStrays() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      String[] strays =
          entries
              .map(entry -> entry.getFileName().toString())
              .filter(name -> name.startsWith(CheckpointPublisher.STRAY))
              .toArray(String[]::new);
      assertEquals("[]", Arrays.toString(strays));
    }
  }
}
