package dev.wrought.core.dataset;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** One shard of a split, memory-mapped: the tokens of some documents, and where each begins. */
record TokenShard(ShardIndex index, MemorySegment tokens) {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /**
   * Maps {@code prefix.bin} and {@code prefix.idx} for as long as the arena lives.
   *
   * @throws WroughtException CORRUPT_FILE where they are not intact or do not fit each other
   */
  static TokenShard open(Path prefix, Arena arena) throws IOException {
    Path indexFile = indexFile(prefix);
    Path tokenFile = tokenFile(prefix);
    ShardIndex index = ShardIndex.open(indexFile, map(indexFile, arena));
    MemorySegment tokens = map(tokenFile, arena);
    long expected = index.tokens() * index.type().bytes();
    if (expected != tokens.byteSize()) {
      throw new WroughtException(
          ErrorCode.CORRUPT_FILE,
          "%s has %d bytes where its index asks for %d"
              .formatted(tokenFile, tokens.byteSize(), expected));
    }
    return new TokenShard(index, tokens);
  }

  /**
   * Where a split's n-th shard lies: the first has the split's own name, the next ones a number
   * behind it, {@code train-00001}.
   */
  static Path prefix(Path split, int number) {
    return number == 0 ? split : withSuffix(split, "-%05d".formatted(number));
  }

  static Path tokenFile(Path prefix) {
    return withSuffix(prefix, ".bin");
  }

  static Path indexFile(Path prefix) {
    return withSuffix(prefix, ".idx");
  }

  private static Path withSuffix(Path prefix, String suffix) {
    return prefix.resolveSibling(prefix.getFileName() + suffix);
  }

  /** Whether there is anything of a shard. */
  static boolean exists(Path prefix) {
    return Files.exists(tokenFile(prefix)) || Files.exists(indexFile(prefix));
  }

  /** Copies so many tokens from an offset on. @param at where they go in the array */
  void read(long offset, int[] into, int at, int count) {
    switch (index.type()) {
      case UINT16 -> {
        for (int i = 0; i < count; i++) {
          into[at + i] = Short.toUnsignedInt(tokens.get(SHORT, 2 * (offset + i)));
        }
      }
      case INT32 -> MemorySegment.copy(tokens, INT, 4 * offset, into, at, count);
    }
  }

  private static MemorySegment map(Path file, Arena arena) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
    }
  }
}
