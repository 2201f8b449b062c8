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
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The tokens of one split, memory-mapped: documents one after the other, each ending with the
 * end-of-text token. Reading costs no heap but the caller's array.
 *
 * <p>Safe for use by many threads; closing while one reads makes that read fail.
 */
public final class TokenShards implements AutoCloseable {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Arena arena;
  private final ShardIndex index;
  private final MemorySegment tokens;

  private TokenShards(Arena arena, Path prefix) throws IOException {
    Path indexFile = indexFile(prefix);
    Path tokenFile = tokenFile(prefix);
    this.arena = arena;
    this.index = ShardIndex.open(indexFile, map(indexFile, arena));
    this.tokens = map(tokenFile, arena);
    long expected = index.tokens() * index.type().bytes();
    if (expected != tokens.byteSize()) {
      throw new WroughtException(
          ErrorCode.CORRUPT_FILE,
          "%s has %d bytes where its index asks for %d"
              .formatted(tokenFile, tokens.byteSize(), expected));
    }
  }

  /**
   * Maps {@code prefix.bin} and {@code prefix.idx}.
   *
   * @throws WroughtException CORRUPT_FILE where they are not intact or do not fit each other
   */
  @SuppressWarnings("MustBeClosedChecker") // The shards own the arena, and close it.
  public static TokenShards open(Path prefix) throws IOException {
    Arena arena = Arena.ofShared();
    try {
      return new TokenShards(arena, prefix);
    } catch (IOException | RuntimeException failure) {
      arena.close();
      throw failure;
    }
  }

  static Path tokenFile(Path prefix) {
    return prefix.resolveSibling(prefix.getFileName() + ".bin");
  }

  static Path indexFile(Path prefix) {
    return prefix.resolveSibling(prefix.getFileName() + ".idx");
  }

  /** How many tokens all documents have, ends of text included. */
  public long tokens() {
    return index.tokens();
  }

  /** How many documents there are. */
  public int documents() {
    return index.documents();
  }

  /** Where a document's first token is, counted in tokens. */
  public long documentOffset(int document) {
    checkDocument(document);
    return index.documentStart(document);
  }

  /** How many tokens a document has, its end of text included. */
  public int documentLength(int document) {
    checkDocument(document);
    return Math.toIntExact(index.documentStart(document + 1) - index.documentStart(document));
  }

  /** A document's tokens, its end of text included. */
  public int[] document(int document) {
    int[] ids = new int[documentLength(document)];
    read(documentOffset(document), ids);
    return ids;
  }

  /** Fills an array with the tokens from an offset on, across documents. */
  public void read(long offset, int[] into) {
    if (offset < 0 || offset > tokens() - into.length) {
      throw new IndexOutOfBoundsException(
          "%d tokens from %d on, of %d".formatted(into.length, offset, tokens()));
    }
    switch (index.type()) {
      case UINT16 -> {
        for (int i = 0; i < into.length; i++) {
          into[i] = Short.toUnsignedInt(tokens.get(SHORT, 2 * (offset + i)));
        }
      }
      case INT32 -> MemorySegment.copy(tokens, INT, 4 * offset, into, 0, into.length);
    }
  }

  /** Unmaps the files. */
  @Override
  public void close() {
    arena.close();
  }

  private void checkDocument(int document) {
    if (document < 0 || document >= documents()) {
      throw new IndexOutOfBoundsException("document " + document + " of " + documents());
    }
  }

  private static MemorySegment map(Path file, Arena arena) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
    }
  }
}
