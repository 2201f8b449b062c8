package dev.wrought.core.gguf;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Supplier;

/**
 * The bytes of a header, read from first to last, for one thread. Every length and count is
 * compared with the bytes that remain before it is believed; what does not fit is CORRUPT_FILE with
 * the byte and the part of the file.
 */
final class HeaderInput {
  /** As for safetensors; a vocabulary of 256,000 tokens with its merges takes about 20 MB. */
  static final int MAX_BYTES = 100_000_000;

  /**
   * A buffer, as numbers in a segment take a JVM that has just been started some 10 ms longer: it
   * makes the classes by which it reads them.
   */
  private final ByteBuffer bytes;

  private final String file;
  private final String limit;
  private String kind = "the header";
  private String name = "";
  private long partStart;
  private long fieldStart;
  private long position;

  /** Reads from the beginning. @param file its name, for messages */
  HeaderInput(MemorySegment whole, String file) {
    this.bytes =
        whole
            .asSlice(0, Math.min(whole.byteSize(), MAX_BYTES))
            .asByteBuffer()
            .order(ByteOrder.LITTLE_ENDIAN);
    this.file = file;
    this.limit =
        bytes.capacity() < whole.byteSize()
            ? "the %d of a header".formatted(MAX_BYTES)
            : "the file";
  }

  /** Begins a key or a tensor: messages will say so, and where it begins. */
  void enter(String what) {
    kind = what;
    name = "";
    partStart = position;
  }

  /** Reads the name of what was begun, which messages will have too. */
  String name(int mostBytes) {
    String read = text(mostBytes);
    name = read;
    return read;
  }

  /** How far it has been read. */
  long position() {
    return position;
  }

  long uint32() {
    return Integer.toUnsignedLong(bytes.getInt((int) advance(Integer.BYTES)));
  }

  /** The 64 bits, whatever they mean. */
  long uint64() {
    return bytes.getLong((int) advance(Long.BYTES));
  }

  /** A number of things to come. @param leastBytes what each of them takes at the least */
  int count(String things, int leastBytes, int most) {
    long count = uint64();
    long fitting = remaining() / leastBytes;
    if (Long.compareUnsigned(count, Math.min(most, fitting)) > 0) {
      throw corrupt(
          "%s %s are claimed; ".formatted(Long.toUnsignedString(count), things)
              + (fitting < most
                  ? "at most %d fit into the %s".formatted(fitting, left())
                  : "at most %d are read".formatted(most)));
    }
    return (int) count;
  }

  /** A string, of so many bytes at most. */
  String text(int mostBytes) {
    byte[] utf8 = take(count("bytes of a string", 1, mostBytes));
    try {
      return StrictUtf8.decode(utf8, 0, utf8.length);
    } catch (WroughtException invalid) {
      throw corrupt(invalid.getMessage());
    }
  }

  /** A copy of the next bytes. */
  byte[] take(int length) {
    return copy(advance(length), length);
  }

  /** Goes past the next bytes, to which messages refer from now on; returns where they begin. */
  long advance(long length) {
    fieldStart = position;
    if (length > remaining()) {
      throw corrupt("%d bytes are needed, and there are only the %s".formatted(length, left()));
    }
    position += length;
    return fieldStart;
  }

  /** A copy of what has been read from a position on. */
  byte[] since(long start) {
    return copy(start, (int) (position - start));
  }

  private byte[] copy(long at, int length) {
    byte[] copy = new byte[length];
    bytes.get((int) at, copy);
    return copy;
  }

  /** A value that may refuse what was read for it: then it is the part that is wrong. */
  <T> T checked(Supplier<T> value) {
    try {
      return value.get();
    } catch (WroughtException refused) {
      throw corruptFile("at byte %d, %s".formatted(partStart, refused.getMessage()));
    }
  }

  /** What is wrong with the field that was read last. */
  WroughtException corrupt(String why) {
    return corrupt(fieldStart, why);
  }

  /** What is wrong with the bytes from there on. */
  WroughtException corrupt(long at, String why) {
    String part = name.isEmpty() ? kind : kind + " " + Excerpt.of(name);
    return corruptFile("at byte %d, %s: %s".formatted(at, part, why));
  }

  /** What is wrong with the file as a whole. */
  WroughtException corruptFile(String why) {
    return new WroughtException(
        ErrorCode.CORRUPT_FILE, "%s is not a valid GGUF file: %s".formatted(file, why));
  }

  /** Why a sound file is not read here. */
  WroughtException unsupported(String why) {
    return new WroughtException(ErrorCode.FAILED_PRECONDITION, "%s is %s".formatted(file, why));
  }

  private long remaining() {
    return bytes.capacity() - position;
  }

  private String left() {
    return "%d bytes that remain of %s".formatted(remaining(), limit);
  }
}
