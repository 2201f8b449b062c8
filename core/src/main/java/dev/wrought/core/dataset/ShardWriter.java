package dev.wrought.core.dataset;

import dev.wrought.core.artifact.DurableFiles;
import dev.wrought.core.artifact.Sha256;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
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
 * names only in {@link #finish}, forced to the disk; closing an unfinished writer leaves nothing.
 *
 * <p>On the way, while the tokens are at hand, it counts how often each occurs and takes the files'
 * digests: nothing is read again for either. For one thread.
 */
public final class ShardWriter implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 20;

  /** So much is forced out at once while there is more to come, so that the end need not wait. */
  private static final long FORCED_BYTES = 32L << 20;

  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final Path prefix;
  private final Path unfinished;
  private final TokenType type;
  private final MessageDigest digest = Sha256.newDigest();
  private final FileChannel file;
  private final OutputStream out;
  private final long[] occurrences;
  private byte[] buffer = new byte[0];
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
    this.out = digested(Channels.newOutputStream(file), digest);
  }

  private static OutputStream digested(OutputStream out, MessageDigest digest) {
    return new BufferedOutputStream(new DigestOutputStream(out, digest), BUFFER_BYTES);
  }

  /** Begins {@code prefix.bin} and {@code prefix.idx}; replaces them if they exist. */
  public static ShardWriter create(Path prefix, int vocabularySize) throws IOException {
    return new ShardWriter(prefix, vocabularySize);
  }

  /** Adds a document. @param ids its tokens, ending with end of text */
  public void add(int[] ids) throws IOException {
    int bytes = Math.multiplyExact(ids.length, type.bytes());
    if (buffer.length < bytes) {
      buffer = new byte[Math.max(bytes, Math.min(2 * buffer.length, BUFFER_BYTES))];
    }
    switch (type) {
      case UINT16 -> {
        for (int i = 0; i < ids.length; i++) {
          SHORTS.set(buffer, 2 * i, (short) counted(ids[i]));
        }
      }
      case INT32 -> {
        for (int i = 0; i < ids.length; i++) {
          INTS.set(buffer, 4 * i, counted(ids[i]));
        }
      }
    }
    out.write(buffer, 0, bytes);
    unforced += bytes;
    if (unforced >= FORCED_BYTES) {
      out.flush();
      file.force(false);
      unforced = 0;
    }
    if (documents == lengths.length) {
      lengths = Arrays.copyOf(lengths, 2 * documents);
    }
    lengths[documents++] = ids.length;
    tokens += ids.length;
  }

  private int counted(int id) {
    if (id < 0 || id >= occurrences.length) {
      throw new IllegalArgumentException(
          "token " + id + " is not of the vocabulary of " + occurrences.length);
    }
    occurrences[id]++;
    return id;
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
   * Writes the index and gives both files their names.
   *
   * @return their SHA-256, by name
   */
  public Map<String, String> finish() throws IOException {
    out.close();
    MessageDigest indexDigest = Sha256.newDigest();
    Path index = TokenShard.indexFile(unfinished);
    try (OutputStream indexOut = digested(Files.newOutputStream(index), indexDigest)) {
      ShardIndex.write(indexOut, type, Arrays.copyOf(lengths, documents));
    }
    DurableFiles.force(TokenShard.tokenFile(unfinished));
    DurableFiles.force(index);
    DurableFiles.move(TokenShard.tokenFile(unfinished), TokenShard.tokenFile(prefix));
    DurableFiles.move(index, TokenShard.indexFile(prefix));
    return Map.of(
        String.valueOf(TokenShard.tokenFile(prefix).getFileName()), hex(digest),
        String.valueOf(TokenShard.indexFile(prefix).getFileName()), hex(indexDigest));
  }

  private static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
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
