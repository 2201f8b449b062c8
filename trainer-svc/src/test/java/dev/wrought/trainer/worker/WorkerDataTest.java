package dev.wrought.trainer.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.artifact.Sha256;
import dev.wrought.core.checkpoint.Checkpoints;
import dev.wrought.core.error.ExitCode;
import dev.wrought.trainer.Await;
import dev.wrought.trainer.Journals;
import dev.wrought.trainer.TinyHome;
import dev.wrought.trainer.journal.RunDirectory;
import dev.wrought.trainer.journal.WorkerExit;
import dev.wrought.trainer.loop.StopSignal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** FAULTS D4: data that changes during a run, or between its starts. */
final class WorkerDataTest {
  @TempDir Path folder;
  private final StopSignal stop = new StopSignal();
  private TinyHome home = new TinyHome(Path.of(""), "", "");
  private RunDirectory run = new RunDirectory(Path.of(""));
  private CompletableFuture<ExitCode> worker = CompletableFuture.completedFuture(ExitCode.OK);

  /** A run that goes on for as long as it is let, and has saved already. */
  @BeforeEach
  void startRun() throws IOException {
    home = TinyHome.make(folder);
    run = RunDirectory.of(folder, "long");
    Files.createDirectories(run.checkpoints());
    Files.writeString(run.recipe(), TinyHome.recipe("long", "steps: 1000000", 5));
    worker =
        CompletableFuture.supplyAsync(() -> work(1, stop), task -> Thread.ofPlatform().start(task));
    awaitCheckpoint(0);
  }

  @AfterEach
  void stopRun() {
    stop.request();
    worker.join();
  }

  @Test
  void resume_shardIsMissing_isRefusedAndNamed() throws IOException {
    stopRun();
    Files.delete(shard());
    String message = refusal(ExitCode.EXTERNAL);
    assertTrue(message.contains(shard() + " is missing"), message);
  }

  @Test
  void resume_shardWasChanged_isRefusedWithBothDigests() throws IOException {
    String built = Sha256.of(shard());
    stopRun();
    change();
    String message = refusal(ExitCode.EXTERNAL);
    assertTrue(message.contains(shard() + " was changed"), message);
    assertTrue(message.contains(built) && message.contains(Sha256.of(shard())), message);
  }

  @Test
  void resume_shardWasAdded_isRefusedAndNamed() throws IOException {
    stopRun();
    Path added = Files.copy(shard(), home.data().resolve("train-2.bin"));
    String message = refusal(ExitCode.EXTERNAL);
    assertTrue(message.contains(added + " was added"), message);
  }

  @Test
  void resume_datasetOfTheNameWasRebuilt_isRefusedWithBothDigests() throws IOException {
    stopRun();
    TinyHome rebuilt = home.rebuild();
    String message = refusal(ExitCode.INVALID_INPUT);
    assertTrue(message.contains("with the data tiny@" + home.dataset()), message);
    assertTrue(message.contains("this start has tiny@" + rebuilt.dataset()), message);
  }

  @Test
  void train_shardIsChanged_endsBeforeTheNextCheckpoint() throws IOException {
    change();
    String message = ending();
    assertTrue(message.contains(shard() + " was changed"), message);
    assertEquals(newestStep() + 5, steps(), "it ends where the next checkpoint is due");
  }

  /** The mapped pages are gone: the operating system answers the next read with a signal. */
  @Test
  void train_shardIsCutShort_endsWithAMessageAndWithoutACrash() throws IOException {
    try (FileChannel channel = FileChannel.open(shard(), StandardOpenOption.WRITE)) {
      channel.truncate(0);
    }
    String message = ending();
    assertTrue(message.contains(shard() + " was changed"), message);
  }

  @Test
  void train_shardIsTouched_goesOn() throws IOException {
    Files.setLastModifiedTime(shard(), FileTime.fromMillis(0));
    awaitCheckpoint(newestStep() + 5);
    stop.request();
    assertEquals(ExitCode.STOPPED, worker.join());
  }

  private Path shard() {
    return home.data().resolve("train.bin");
  }

  /** One token becomes another of the vocabulary. */
  private void change() throws IOException {
    byte first = Files.readAllBytes(shard())[0];
    try (FileChannel channel = FileChannel.open(shard(), StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {(byte) (first ^ 1)}));
    }
  }

  private ExitCode work(int epoch, StopSignal until) {
    return new WorkerProcess(until).run(WorkerStarts.arguments(run, epoch, folder));
  }

  private void awaitCheckpoint(int afterStep) {
    Await.until(
        "a checkpoint after step " + afterStep, () -> worker.isDone() || newestStep() > afterStep);
    assertFalse(worker.isDone(), () -> "it ended with " + worker.join());
  }

  private int newestStep() {
    return Checkpoints.newestGood(run.checkpoints()).map(each -> each.step()).orElse(0);
  }

  private long steps() {
    return Journals.events(run).stream().filter(event -> event.hasStep()).count();
  }

  /** What the next start is refused with; it leaves everything as it was. */
  private String refusal(ExitCode code) {
    List<Path> checkpoints = Checkpoints.list(run.checkpoints());
    long events = run.events().toFile().length();
    assertEquals(code, work(2, new StopSignal()));
    assertEquals(checkpoints, Checkpoints.list(run.checkpoints()));
    assertEquals(events, run.events().toFile().length());
    return WorkerExit.read(run, 2).orElseThrow().message();
  }

  /** How the run ends by itself. */
  private String ending() {
    Await.until("the worker's end", worker::isDone);
    assertEquals(ExitCode.EXTERNAL, worker.join());
    return WorkerExit.read(run, 1).orElseThrow().message();
  }
}
