package dev.wrought.core.gguf;

import dev.wrought.core.artifact.MappedFile;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SequencedMap;
import java.util.function.Function;

/**
 * A GGUF file, memory-mapped: metadata on the heap, the places of tensors, and their data where it
 * lies. The whole structure is checked before anything is handed out. Closing the file ends all
 * data of it; the metadata stays. Safe for several threads.
 */
public final class GgufFile implements AutoCloseable {
  /** What memory begins at a multiple of, so that tensors of the usual alignment do too. */
  private static final long MEMORY_ALIGNMENT = 64;

  private final Arena arena;
  private final GgufHeader header;
  private final MemorySegment data;

  private GgufFile(Arena arena, MemorySegment bytes, String name) {
    this.arena = arena;
    this.header = GgufHeader.read(bytes, name);
    this.data = bytes.asSlice(Math.min(header.dataOffset(), bytes.byteSize())).asReadOnly();
  }

  /**
   * Maps and checks a file, of version 2 or 3.
   *
   * @throws WroughtException CORRUPT_FILE naming key or tensor, FAILED_PRECONDITION for a version
   *     or byte order that is not read, NOT_FOUND, STORAGE
   */
  public static GgufFile open(Path file) {
    return read(arena -> MappedFile.map(file, arena), file.toString());
  }

  /**
   * Reads a file that is in memory already; its bytes are copied off the heap.
   *
   * @param name what messages call it
   * @throws WroughtException CORRUPT_FILE, FAILED_PRECONDITION as for {@link #open}
   */
  public static GgufFile of(byte[] bytes, String name) {
    return read(
        arena ->
            arena.allocate(bytes.length, MEMORY_ALIGNMENT).copyFrom(MemorySegment.ofArray(bytes)),
        name);
  }

  private static GgufFile read(Function<Arena, MemorySegment> bytes, String name) {
    Arena arena = Arena.ofShared();
    try {
      return new GgufFile(arena, bytes.apply(arena), name);
    } catch (RuntimeException failure) {
      arena.close();
      throw failure;
    }
  }

  /** The format's version, 2 or 3; they differ in nothing that a little-endian file shows. */
  public int version() {
    return header.version();
  }

  /** What the file says of its model. */
  public GgufMetadata metadata() {
    return header.metadata();
  }

  /** Where the data section begins, in bytes; a file without tensors may end before it. */
  public long dataOffset() {
    return header.dataOffset();
  }

  /** The tensors by name, in the file's order. */
  public SequencedMap<String, GgufTensor> tensors() {
    return Collections.unmodifiableSequencedMap(header.tensors());
  }

  /**
   * One tensor's place.
   *
   * @throws WroughtException NOT_FOUND
   */
  public GgufTensor tensor(String name) {
    GgufTensor tensor = header.tensors().get(name);
    if (tensor == null) {
      throw new WroughtException(
          ErrorCode.NOT_FOUND,
          "there is no tensor %s among the file's %d".formatted(name, header.tensors().size()));
    }
    return tensor;
  }

  /**
   * One tensor's data, little-endian and row-major; read-only, and valid until the file is closed.
   *
   * @throws WroughtException NOT_FOUND
   */
  public MemorySegment data(String name) {
    GgufTensor tensor = tensor(name);
    return data.asSlice(tensor.sizeBytes() == 0 ? 0 : tensor.offset(), tensor.sizeBytes());
  }

  @Override
  public void close() {
    arena.close();
  }
}
