package dev.wrought.core.checkpoint;

import dev.wrought.core.artifact.MappedFile;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A safetensors file, memory-mapped: eight bytes of header length, a JSON header, the tensors' data
 * without a hole. The whole structure is checked before any tensor is handed out, so that a view
 * can never reach outside the file. Closing the file ends all its views. Safe for several threads.
 *
 * <p>Source: the format of github.com/huggingface/safetensors; its limit of 100 MB for the header
 * is kept, and a limit on the number of tensors bounds the heap.
 */
public final class SafetensorsFile implements AutoCloseable {
  private static final ValueLayout.OfLong LENGTH =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Arena arena;
  private final SequencedMap<String, TensorView> tensors;
  private final Map<String, String> metadata;

  private SafetensorsFile(
      Arena arena, SequencedMap<String, TensorView> tensors, Map<String, String> metadata) {
    this.arena = arena;
    this.tensors = tensors;
    this.metadata = metadata;
  }

  /**
   * Maps and checks a file.
   *
   * @throws WroughtException CORRUPT_FILE naming what is wrong, NOT_FOUND, STORAGE
   */
  public static SafetensorsFile open(Path file) {
    Arena arena = Arena.ofShared();
    try {
      return read(arena, MappedFile.map(file, arena));
    } catch (WroughtException unreadable) {
      arena.close();
      throw unreadable;
    } catch (IOException | SafetensorsHeader.Malformed malformed) {
      arena.close();
      throw new WroughtException(
          ErrorCode.CORRUPT_FILE,
          "%s is not a valid safetensors file: %s".formatted(file, malformed.getMessage()),
          malformed);
    }
  }

  private static SafetensorsFile read(Arena arena, MemorySegment bytes)
      throws IOException, SafetensorsHeader.Malformed {
    MemorySegment text = headerOf(bytes);
    MemorySegment data = bytes.asSlice(Long.BYTES + text.byteSize());
    SafetensorsHeader header = SafetensorsHeader.parse(text, data.byteSize());
    SequencedMap<String, TensorView> tensors = new LinkedHashMap<>();
    header.tensors().forEach((name, place) -> tensors.put(name, place.in(data)));
    return new SafetensorsFile(
        arena, Collections.unmodifiableSequencedMap(tensors), Map.copyOf(header.metadata()));
  }

  private static MemorySegment headerOf(MemorySegment bytes) throws SafetensorsHeader.Malformed {
    if (bytes.byteSize() < Long.BYTES) {
      throw new SafetensorsHeader.Malformed(
          "it has %d bytes, and the header's length alone takes 8".formatted(bytes.byteSize()));
    }
    long length = bytes.get(LENGTH, 0);
    long most = Math.min(SafetensorsHeader.MAX_BYTES, bytes.byteSize() - Long.BYTES);
    if (length < 2 || length > most) {
      throw new SafetensorsHeader.Malformed(
          "its header claims %s bytes; between 2 and %d are possible"
              .formatted(Long.toUnsignedString(length), most));
    }
    return bytes.asSlice(Long.BYTES, length);
  }

  /** The tensors by name, in the order of their data. */
  public SequencedMap<String, TensorView> tensors() {
    return tensors;
  }

  /**
   * One tensor.
   *
   * @throws WroughtException NOT_FOUND
   */
  public TensorView tensor(String name) {
    TensorView tensor = tensors.get(name);
    if (tensor == null) {
      throw new WroughtException(
          ErrorCode.NOT_FOUND,
          "there is no tensor %s among the file's %d".formatted(name, tensors.size()));
    }
    return tensor;
  }

  /** The free-form strings of the header. */
  public Map<String, String> metadata() {
    return metadata;
  }

  @Override
  public void close() {
    arena.close();
  }
}
