package dev.wrought.cli.local;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Held while the set of processes changes. The operating system releases it when its holder ends,
 * however it ends: a lock file that was left behind locks nothing.
 */
final class PlatformLock implements AutoCloseable {
  private final FileChannel channel;

  private PlatformLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes the lock, or says who has it. */
  static PlatformLock take(Home home) {
    return tryTake(home)
        .orElseThrow(() ->
            new WroughtException(
                ErrorCode.LOCKED,
                "another ./wrought%s is starting or stopping the platform in %s: wait until it is done, or end it"
                    .formatted(holder(home.lockFile()), home.folder())));
  }

  static Optional<PlatformLock> tryTake(Home home) {
    try {
      FileChannel channel =
          FileChannel.open(home.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      Optional<FileLock> lock = Optional.ofNullable(channel.tryLock());
      if (lock.isEmpty()) {
        channel.close();
        return Optional.empty();
      }
      channel.truncate(0);
      channel.write(
          ByteBuffer.wrap(
              Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
      return Optional.of(new PlatformLock(channel));
    } catch (IOException failure) {
      throw Home.storage("cannot lock " + home.lockFile(), failure);
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
