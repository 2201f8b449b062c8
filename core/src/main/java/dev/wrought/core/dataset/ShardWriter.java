package dev.wrought.core.dataset;

import dev.wrought.core.artifact.DurableFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Writes the documents of one split, in Megatron-LM's format. The two files appear under their
 * names only in {@link #finish}, forced to the disk; closing an unfinished writer leaves nothing.
 *
 * <p>For one thread.
 */
public final class ShardWriter implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 20;

  private final Path prefix;
  private final Path unfinished;
  private final int vocabularySize;
  private final TokenType type;
  private final OutputStream out;
  private byte[] buffer = new byte[0];
  private int[] lengths = new int[1024];
  private int documents;
  private long tokens;

  private ShardWriter(Path prefix, int vocabularySize) throws IOException {
    this.prefix = prefix;
    this.unfinished = prefix.resolveSibling(DurableFiles.temporaryName());
    this.vocabularySize = vocabularySize;
    this.type = TokenType.forVocabulary(vocabularySize);
    this.out =
        new BufferedOutputStream(
            Files.newOutputStream(TokenShards.tokenFile(unfinished)), BUFFER_BYTES);
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
    int at = 0;
    for (int id : ids) {
      if (id < 0 || id >= vocabularySize) {
        throw new IllegalArgumentException(
            "token " + id + " is not of the vocabulary of " + vocabularySize);
      }
      for (int shift = 0; shift < 8 * type.bytes(); shift += 8) {
        buffer[at++] = (byte) (id >>> shift);
      }
    }
    out.write(buffer, 0, bytes);
    if (documents == lengths.length) {
      lengths = Arrays.copyOf(lengths, 2 * documents);
    }
    lengths[documents++] = ids.length;
    tokens += ids.length;
  }

  public int documents() {
    return documents;
  }

  public long tokens() {
    return tokens;
  }

  /** Writes the index and gives both files their names. */
  public void finish() throws IOException {
    out.close();
    Path index = TokenShards.indexFile(unfinished);
    try (OutputStream indexOut =
        new BufferedOutputStream(Files.newOutputStream(index), BUFFER_BYTES)) {
      ShardIndex.write(indexOut, type, Arrays.copyOf(lengths, documents));
    }
    DurableFiles.force(TokenShards.tokenFile(unfinished));
    DurableFiles.force(index);
    DurableFiles.move(TokenShards.tokenFile(unfinished), TokenShards.tokenFile(prefix));
    DurableFiles.move(index, TokenShards.indexFile(prefix));
  }

  @Override
  public void close() throws IOException {
    out.close();
    Files.deleteIfExists(TokenShards.tokenFile(unfinished));
    Files.deleteIfExists(TokenShards.indexFile(unfinished));
  }
}
