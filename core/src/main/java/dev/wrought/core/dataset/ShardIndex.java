package dev.wrought.core.dataset;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Megatron-LM's {@code .idx}, version 1, all little-endian:
 *
 * <pre>
 * offset  size  what
 *      0     9  "MMIDIDX", two zero bytes
 *      9     8  version, 1
 *     17     1  type of a token: 8 uint16, 4 int32
 *     18     8  sequences, s
 *     26     8  document indices, d: documents + 1
 *     34    4s  length of each sequence, in tokens
 *  34+4s    8s  where each begins in the .bin, in bytes
 * 34+12s    8d  first sequence of each document, then s
 * </pre>
 *
 * <p>A view over the mapped file; everything is checked once, in {@link #open}, so that no value of
 * a damaged file can lead a reader astray.
 */
final class ShardIndex {
  private static final byte[] MAGIC = "MMIDIDX\0\0".getBytes(StandardCharsets.US_ASCII);
  private static final long VERSION = 1;
  private static final int VERSION_AT = 9;
  private static final int TYPE_AT = 17;
  private static final int SEQUENCES_AT = 18;
  private static final int DOCUMENTS_AT = 26;
  private static final int HEADER_BYTES = 34;

  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Path file;
  private final MemorySegment index;
  private final TokenType type;
  private final int sequences;
  private final int documents;
  private final long tokens;

  private ShardIndex(Path file, MemorySegment index) {
    this.file = file;
    this.index = index;
    checkHeader();
    this.type = readType();
    this.sequences = count("sequences", SEQUENCES_AT, Integer.MAX_VALUE);
    this.documents = count("document indices", DOCUMENTS_AT, Integer.MAX_VALUE) - 1;
    long expected = HEADER_BYTES + 12L * sequences + 8L * (documents + 1L);
    if (expected != index.byteSize()) {
      throw damaged("its counts ask for " + expected + " bytes, it has " + index.byteSize());
    }
    this.tokens = checkSequences();
    checkDocuments();
  }

  /** Reads and checks an index. @param index the whole file */
  static ShardIndex open(Path file, MemorySegment index) {
    return new ShardIndex(file, index);
  }

  /** Writes the index of documents of one sequence each. @param lengths in tokens */
  static void write(OutputStream out, TokenType type, int[] lengths) throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    data.write(MAGIC);
    data.writeLong(Long.reverseBytes(VERSION));
    data.writeByte(type.code());
    data.writeLong(Long.reverseBytes(lengths.length));
    data.writeLong(Long.reverseBytes(lengths.length + 1L));
    for (int length : lengths) {
      data.writeInt(Integer.reverseBytes(length));
    }
    long pointer = 0;
    for (int length : lengths) {
      data.writeLong(Long.reverseBytes(pointer));
      pointer += (long) length * type.bytes();
    }
    for (int document = 0; document <= lengths.length; document++) {
      data.writeLong(Long.reverseBytes(document));
    }
    data.flush();
  }

  TokenType type() {
    return type;
  }

  int documents() {
    return documents;
  }

  long tokens() {
    return tokens;
  }

  /** The first token of a document; for {@code documents()}, the number of all tokens. */
  long documentStart(int document) {
    long sequence = documentIndex(document);
    return sequence == sequences ? tokens : pointer(sequence) / type.bytes();
  }

  private int length(long sequence) {
    return index.get(INT, HEADER_BYTES + 4 * sequence);
  }

  private long pointer(long sequence) {
    return index.get(LONG, HEADER_BYTES + 4L * sequences + 8 * sequence);
  }

  private long documentIndex(long document) {
    return index.get(LONG, HEADER_BYTES + 12L * sequences + 8 * document);
  }

  private void checkHeader() {
    if (index.byteSize() < HEADER_BYTES) {
      throw damaged(
          "it has " + index.byteSize() + " bytes, less than its header of " + HEADER_BYTES);
    }
    byte[] magic = index.asSlice(0, MAGIC.length).toArray(ValueLayout.JAVA_BYTE);
    if (!Arrays.equals(magic, MAGIC)) {
      throw damaged("it does not begin with MMIDIDX");
    }
    long version = index.get(LONG, VERSION_AT);
    if (version != VERSION) {
      throw damaged("version " + version + " is not known, only " + VERSION);
    }
  }

  private TokenType readType() {
    byte code = index.get(ValueLayout.JAVA_BYTE, TYPE_AT);
    for (TokenType known : TokenType.values()) {
      if (known.code() == code) {
        return known;
      }
    }
    throw damaged("token type " + code + " is not known, only 8 (uint16) and 4 (int32)");
  }

  private int count(String what, int at, int limit) {
    long count = index.get(LONG, at);
    if (count < 0 || count > limit) {
      throw damaged(count + " " + what + ", at most " + limit + " are possible");
    }
    return (int) count;
  }

  /** Sequences follow one another without gaps. @return the number of all tokens */
  private long checkSequences() {
    long end = 0;
    for (int sequence = 0; sequence < sequences; sequence++) {
      if (length(sequence) < 0 || pointer(sequence) != end) {
        throw damaged(
            "sequence %d has length %d and begins at byte %d instead of %d"
                .formatted(sequence, length(sequence), pointer(sequence), end));
      }
      end += (long) length(sequence) * type.bytes();
    }
    return end / type.bytes();
  }

  private void checkDocuments() {
    if (documents < 0 || documentIndex(0) != 0 || documentIndex(documents) != sequences) {
      throw damaged("its documents do not cover its " + sequences + " sequences");
    }
    for (int document = 0; document < documents; document++) {
      long first = documentIndex(document);
      long next = documentIndex(document + 1L);
      boolean within = first <= next && next <= sequences;
      if (!within || documentStart(document + 1) - documentStart(document) > Integer.MAX_VALUE) {
        throw damaged("document " + document + " has the sequences " + first + " to " + next);
      }
    }
  }

  private WroughtException damaged(String why) {
    return new WroughtException(
        ErrorCode.CORRUPT_FILE, file + " is not an intact Megatron index: " + why);
  }
}
