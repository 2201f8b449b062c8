package dev.wrought.trainer.journal;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.wrought.core.artifact.DurableFiles;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;

/**
 * The right to train in a run's folder. Two things guard it: a file lock, which the operating
 * system takes from a worker that dies, and a fence, the highest epoch that ever held the lock,
 * which shuts out a start that was overtaken even where file locks do not work.
 */
public final class WorkerLock implements AutoCloseable {
  private static final ObjectMapper JSON =
      JsonMapper.builder().addModule(new JavaTimeModule()).build();

  private final RunDirectory run;
  private final int epoch;
  private final FileChannel channel;

  /** Who holds a lock. */
  public record Holder(long pid, Instant started, int epoch) {}

  private WorkerLock(RunDirectory run, int epoch, FileChannel channel) {
    this.run = run;
    this.epoch = epoch;
    this.channel = channel;
  }

  /**
   * Takes the lock for a start of the run.
   *
   * @throws WroughtException LOCKED where another worker holds it, or this epoch or a newer one has
   *     held it before; CORRUPT_FILE; STORAGE
   */
  public static WorkerLock take(RunDirectory run, int epoch) {
    try {
      FileChannel channel =
          FileChannel.open(run.lock(), StandardOpenOption.WRITE, StandardOpenOption.CREATE);
      try {
        lock(channel, run);
        raiseFence(run, epoch);
        WorkerLock lock = new WorkerLock(run, epoch, channel);
        lock.sign();
        return lock;
      } catch (IOException | RuntimeException refused) {
        channel.close();
        throw refused;
      }
    } catch (IOException failure) {
      throw new WroughtException(
          ErrorCode.STORAGE,
          "the run folder %s cannot be locked: %s".formatted(run.path(), failure.getMessage()),
          failure);
    }
  }

  private static void lock(FileChannel channel, RunDirectory run) throws IOException {
    if (!tryLock(channel)) {
      throw new WroughtException(
          ErrorCode.LOCKED,
          "another worker trains in %s already%s; stop it first"
              .formatted(
                  run.path(), holder(run).map(each -> " (process " + each.pid() + ")").orElse("")));
    }
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException ours) {
      return false;
    }
  }

  private static void raiseFence(RunDirectory run, int epoch) throws IOException {
    int highest = fence(run);
    if (highest >= epoch) {
      throw overtaken(run, epoch, highest);
    }
    DurableFiles.write(run.fence(), (epoch + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static int fence(RunDirectory run) throws IOException {
    if (!Files.exists(run.fence())) {
      return 0;
    }
    String text = Files.readString(run.fence()).strip();
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException damaged) {
      throw new WroughtException(
          ErrorCode.CORRUPT_FILE,
          "%s holds \"%s\", where the number of the run's newest start belongs: write the epoch that run.json tells into it"
              .formatted(run.fence(), text),
          damaged);
    }
  }

  private static WroughtException overtaken(RunDirectory run, int epoch, int highest) {
    return new WroughtException(
        ErrorCode.LOCKED,
        "this is start %d of the run in %s, and start %d has been there already; resume the run to get a new one"
            .formatted(epoch, run.path(), highest));
  }

  private void sign() throws IOException {
    ProcessHandle self = ProcessHandle.current();
    Holder holder = new Holder(self.pid(), self.info().startInstant().orElse(Instant.EPOCH), epoch);
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(JSON.writeValueAsBytes(holder)), 0);
  }

  /**
   * Makes sure that no newer start has taken over.
   *
   * @throws WroughtException LOCKED where one has
   */
  public void check() {
    try {
      int highest = fence(run);
      if (highest != epoch) {
        throw overtaken(run, epoch, highest);
      }
    } catch (IOException failure) {
      throw new WroughtException(
          ErrorCode.STORAGE, "cannot read %s: %s".formatted(run.fence(), failure), failure);
    }
  }

  /**
   * Whether anybody holds a run's lock. Where nobody does it is held for the moment of the
   * question. Never to be asked by the process that holds it.
   */
  public static boolean isHeld(RunDirectory run) {
    try (FileChannel channel = FileChannel.open(run.lock(), StandardOpenOption.WRITE)) {
      return !tryLock(channel);
    } catch (IOException missing) {
      return false;
    }
  }

  /** Who holds a run's lock, or held it last. Never to be asked by the process that holds it. */
  public static Optional<Holder> holder(RunDirectory run) {
    try {
      return Files.exists(run.lock())
          ? Optional.of(JSON.readValue(Files.readAllBytes(run.lock()), Holder.class))
          : Optional.empty();
    } catch (IOException unsigned) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
  }
}
