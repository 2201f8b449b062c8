package dev.wrought.cli.local;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/**
 * Held while the set of processes changes. The operating system releases it when its holder ends,
 * however it ends: a lock file that was left behind locks nothing.
 */
final class PlatformLock implements AutoCloseable {
  /** A supervisor holds it for a moment when it restarts what has died. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final Duration RETRY = Duration.ofMillis(50);

  private final FileChannel channel;

  private PlatformLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes the lock, if need be after a moment, or says who has it. */
  static PlatformLock take(Home home) {
    long limit = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Optional<PlatformLock> taken = tryTake(home);
      if (taken.isPresent()) {
        return taken.get();
      }
      if (System.nanoTime() > limit) {
        throw new WroughtException(
            ErrorCode.LOCKED,
            "another ./wrought%s is starting or stopping the platform in %s: wait until it is done, or end it"
                .formatted(holder(home.lockFile()), home.folder()));
      }
      Platform.pause(RETRY);
    }
  }

  static Optional<PlatformLock> tryTake(Home home) {
    try {
      FileChannel channel =
          FileChannel.open(home.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        channel.close();
        return Optional.empty();
      }
      sign(channel);
      return Optional.of(new PlatformLock(channel));
    } catch (IOException failure) {
      throw Home.storage("cannot lock " + home.lockFile(), failure);
    }
  }

  /** Not, too, while another thread of this process has it. */
  private static boolean locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException ourselves) {
      return false;
    } catch (IOException failure) {
      channel.close();
      throw failure;
    }
  }

  /** Says who has it, to those who wait. On a full disk it is held without that: down must work. */
  private static void sign(FileChannel channel) throws IOException {
    String pid = Long.toString(ProcessHandle.current().pid());
    try {
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)));
    } catch (IOException failure) {
      if (!channel.isOpen()) { // by an interruption, and the lock is gone with it
        throw failure;
      }
    }
  }

  private static String holder(Path file) {
    try {
      String pid = Files.readString(file).strip();
      return pid.isEmpty() ? "" : " (pid " + pid + ")";
    } catch (IOException unknown) {
      return "";
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException failure) {
      throw Home.storage("cannot release the lock", failure);
    }
  }
}
