package dev.wrought.core.dataset;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import dev.wrought.core.artifact.ChannelOutput;
import dev.wrought.core.artifact.DurableFiles;
import dev.wrought.core.artifact.Sha256;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

/**
 * Writes the documents of one shard, in Megatron-LM's format. The two files appear under their
 * names only in {@link #finish}; closing an unfinished writer leaves nothing.
 *
 * <p>On the way, while the tokens are at hand, it counts how often each occurs and takes the files'
 * digests: nothing is read again for either. For one thread.
 */
public final class ShardWriter implements AutoCloseable {
  /** Small enough that tokens are still in the core's cache when they are digested and written. */
  private static final int BUFFER_BYTES = 1 << 17;

  /** So much is forced out at once while there is more to come, so that the end need not wait. */
  private static final long FORCED_BYTES = 32L << 20;

  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INTS =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Path prefix;
  private final Path unfinished;
  private final TokenType type;
  private final MessageDigest digest = Sha256.newDigest();
  private final FileChannel file;
  private final long[] occurrences;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int buffered;
  private int[] lengths = new int[1024];
  private int documents;
  private long tokens;
  private long unforced;

  private ShardWriter(Path prefix, int vocabularySize) throws IOException {
    this.prefix = prefix;
    this.unfinished = prefix.resolveSibling(DurableFiles.temporaryName());
    this.type = TokenType.forVocabulary(vocabularySize);
    this.occurrences = new long[vocabularySize];
    this.file =
        FileChannel.open(
            TokenShard.tokenFile(unfinished),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE);
  }

  /** Begins {@code prefix.bin} and {@code prefix.idx}; replaces them if they exist. */
  public static ShardWriter create(Path prefix, int vocabularySize) throws IOException {
    return new ShardWriter(prefix, vocabularySize);
  }

  /** Adds a document. @param ids its tokens, ending with end of text */
  public void add(int[] ids) throws IOException {
    for (int from = 0; from < ids.length; ) {
      int count = Math.min(ids.length - from, (buffer.length - buffered) / type.bytes());
      buffer(ids, from, from + count);
      from += count;
      if (buffered == buffer.length) {
        flush();
      }
    }
    if (documents == lengths.length) {
      lengths = Arrays.copyOf(lengths, 2 * documents);
    }
    lengths[documents++] = ids.length;
    tokens += ids.length;
  }

  private void buffer(int[] ids, int from, int to) {
    count(ids, from, to);
    switch (type) {
      case UINT16 -> {
        for (int i = from; i < to; i++) {
          SHORTS.set(buffer, buffered + (i - from) * Short.BYTES, (short) ids[i]);
        }
      }
      case INT32 ->
          MemorySegment.copy(ids, from, MemorySegment.ofArray(buffer), INTS, buffered, to - from);
    }
    buffered += (to - from) * type.bytes();
  }

  private void count(int[] ids, int from, int to) {
    for (int i = from; i < to; i++) {
      if (ids[i] < 0 || ids[i] >= occurrences.length) {
        throw new IllegalArgumentException(
            "token " + ids[i] + " is not of the vocabulary of " + occurrences.length);
      }
      occurrences[ids[i]]++;
    }
  }

  private void flush() throws IOException {
    digest.update(buffer, 0, buffered);
    ChannelOutput.write(file, ByteBuffer.wrap(buffer, 0, buffered));
    unforced += buffered;
    buffered = 0;
    if (unforced >= FORCED_BYTES) {
      file.force(false);
      unforced = 0;
    }
  }

  public int documents() {
    return documents;
  }

  public long tokens() {
    return tokens;
  }

  /** How often each token of the vocabulary was added. */
  public long[] occurrences() {
    return occurrences.clone();
  }

  /**
   * Writes the index and gives both files their names. They are not forced out to the disk yet.
   *
   * @return their SHA-256, by name
   */
  public Map<String, String> finish() throws IOException {
    flush();
    file.close();
    MessageDigest indexDigest = Sha256.newDigest();
    try (OutputStream index = Files.newOutputStream(TokenShard.indexFile(unfinished));
        OutputStream digested = new DigestOutputStream(index, indexDigest);
        OutputStream out = new BufferedOutputStream(digested, BUFFER_BYTES)) {
      ShardIndex.write(out, type, Arrays.copyOf(lengths, documents));
    }
    Files.move(TokenShard.tokenFile(unfinished), TokenShard.tokenFile(prefix), ATOMIC_MOVE);
    Files.move(TokenShard.indexFile(unfinished), TokenShard.indexFile(prefix), ATOMIC_MOVE);
    return Map.of(
        String.valueOf(TokenShard.tokenFile(prefix).getFileName()), hex(digest),
        String.valueOf(TokenShard.indexFile(prefix).getFileName()), hex(indexDigest));
  }

  private static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Forces the finished files out to the disk, under their names. */
  public void force() throws IOException {
    DurableFiles.force(TokenShard.tokenFile(prefix));
    DurableFiles.force(TokenShard.indexFile(prefix));
    DurableFiles.forceFolder(prefix.resolveSibling("").toAbsolutePath());
  }

  @Override
  public void close() throws IOException {
    try {
      file.close();
    } finally {
      Files.deleteIfExists(TokenShard.tokenFile(unfinished));
      Files.deleteIfExists(TokenShard.indexFile(unfinished));
    }
  }
}
