package dev.wrought.tokenizer.corpus;

import dev.hardwood.InputFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * A file as the Parquet reader reads it, not mapped: of a mapped file that is cut off meanwhile, a
 * decompressor's next access would end the process. Thread-safe.
 */
final class ChannelFile implements InputFile {
  private final Path path;
  private final FileChannel channel;

  ChannelFile(Path path) throws IOException {
    this.path = path;
    this.channel = FileChannel.open(path);
  }

  /** It is open already. */
  @Override
  public void open() {}

  @Override
  public ByteBuffer readRange(long offset, int length) throws IOException {
    if (offset < 0 || length < 0 || offset > channel.size() - length) {
      throw new EOFException(
          "bytes %d to %d are asked for, and there are %d"
              .formatted(offset, offset + length, channel.size()));
    }
    ByteBuffer range = ByteBuffer.allocate(length);
    while (range.hasRemaining()) {
      if (channel.read(range, offset + range.position()) < 0) {
        throw new EOFException("it was cut off while it was read");
      }
    }
    return range.flip();
  }

  @Override
  public long length() throws IOException {
    return channel.size();
  }

  @Override
  public String name() {
    return String.valueOf(path.getFileName());
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
