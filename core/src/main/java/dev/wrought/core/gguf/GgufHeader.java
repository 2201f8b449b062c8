package dev.wrought.core.gguf;

import java.lang.foreign.MemorySegment;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * All of a file but the tensors' data: read once, and checked so that no tensor's place can lead a
 * reader astray.
 *
 * @param tensors by name, in the file's order
 * @param dataOffset where the data section begins, which a file without tensors may end before
 */
record GgufHeader(
    int version, GgufMetadata metadata, SequencedMap<String, GgufTensor> tensors, long dataOffset) {
  static final int MAGIC = 0x46554747; // "GGUF"
  static final int VERSION = 3;
  static final int MAX_TENSORS = 100_000;
  private static final int OLDEST_VERSION = 2;

  /** The shortest place: a name of one character, no dimensions, a type, an offset. */
  private static final int LEAST_TENSOR_BYTES = Long.BYTES + 1 + 2 * Integer.BYTES + Long.BYTES;

  /** Reads the header of a file. @param name the file's, for messages */
  static GgufHeader read(MemorySegment file, String name) {
    HeaderInput in = new HeaderInput(file, name);
    int version = readVersion(in);
    int tensorCount = in.count("tensors", LEAST_TENSOR_BYTES, MAX_TENSORS);
    int keyCount = in.count("keys", MetadataReader.LEAST_ENTRY_BYTES, MetadataReader.MAX_KEYS);
    GgufMetadata metadata = new GgufMetadata(name, new MetadataReader(in).read(keyCount));
    long alignment = metadata.alignment();
    SequencedMap<String, GgufTensor> tensors = readTensors(in, tensorCount, alignment);
    long dataOffset = aligned(in.position(), alignment);
    checkPlaces(in, tensors, Math.max(0, file.byteSize() - dataOffset));
    return new GgufHeader(version, metadata, tensors, dataOffset);
  }

  /** The next multiple of the alignment, or the position itself if it is one. */
  static long aligned(long position, long alignment) {
    return Math.ceilDiv(position, alignment) * alignment;
  }

  private static int readVersion(HeaderInput in) {
    if (in.uint32() != MAGIC) {
      throw in.corrupt("it does not begin with GGUF");
    }
    int version = (int) in.uint32();
    if (version == 1) {
      throw in.unsupported(
          "a GGUF file of version 1, which is no longer read; convert the model again");
    }
    if ((version & 0xFFFF) == 0 && version != 0) {
      throw in.unsupported(
          "a big-endian GGUF file; only little-endian ones are read, and gguf-py's gguf_convert_endian makes one of it");
    }
    if (version < OLDEST_VERSION || version > VERSION) {
      throw in.unsupported(
          "a GGUF file of version %s; %d and %d are read here"
              .formatted(Integer.toUnsignedString(version), OLDEST_VERSION, VERSION));
    }
    return version;
  }

  private static SequencedMap<String, GgufTensor> readTensors(
      HeaderInput in, int count, long alignment) {
    SequencedMap<String, GgufTensor> tensors = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      in.enter("tensor");
      String name = in.name(GgufTensor.MAX_NAME_BYTES);
      if (tensors.containsKey(name)) {
        throw in.corrupt("it is there twice");
      }
      GgufTensor tensor = readTensor(in, name);
      if (tensor.offset() % alignment != 0) {
        throw in.corrupt(
            "its data begins at byte %d, which is no multiple of the alignment %d"
                .formatted(tensor.offset(), alignment));
      }
      tensors.put(name, tensor);
    }
    return tensors;
  }

  private static GgufTensor readTensor(HeaderInput in, String name) {
    long dimensions = in.uint32();
    if (dimensions > GgufTensor.MAX_DIMENSIONS) {
      throw in.corrupt(
          "it has %d dimensions; at most %d are allowed"
              .formatted(dimensions, GgufTensor.MAX_DIMENSIONS));
    }
    Long[] shape = new Long[(int) dimensions];
    for (int i = shape.length - 1; i >= 0; i--) {
      shape[i] = in.uint64();
    }
    long number = in.uint32();
    GgmlType type =
        GgmlType.numbered(number)
            .orElseThrow(() -> in.corrupt("its type %d is not known".formatted(number)));
    long offset = in.uint64();
    return in.checked(() -> new GgufTensor(name, type, List.of(shape), offset));
  }

  /** Tensors may lie in any order, and with room between them, but not in one another. */
  private static void checkPlaces(
      HeaderInput in, SequencedMap<String, GgufTensor> tensors, long dataBytes) {
    List<GgufTensor> places =
        tensors.values().stream()
            .filter(tensor -> tensor.sizeBytes() > 0)
            .sorted(Comparator.comparingLong(GgufTensor::offset))
            .toList();
    long end = 0;
    String before = "";
    for (GgufTensor tensor : places) {
      String shown = Excerpt.of(tensor.name());
      if (tensor.offset() > dataBytes - tensor.sizeBytes()) {
        throw in.corruptFile(
            "tensor %s has %d bytes from byte %d of the data on, and the file has %d bytes of data"
                .formatted(shown, tensor.sizeBytes(), tensor.offset(), dataBytes));
      }
      if (tensor.offset() < end) {
        throw in.corruptFile(
            "tensor %s begins at byte %d of the data, and tensor %s before it ends at %d"
                .formatted(shown, tensor.offset(), before, end));
      }
      end = tensor.offset() + tensor.sizeBytes();
      before = shown;
    }
  }
}
