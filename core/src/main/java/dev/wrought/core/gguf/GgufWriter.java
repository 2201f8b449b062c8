package dev.wrought.core.gguf;

import dev.wrought.core.artifact.ChannelOutput;
import dev.wrought.core.artifact.DurableFiles;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Writes a GGUF file of version 3: keys and tensors in the order given, the data of each tensor
 * padded with zeros to the alignment, as ggml wants it. The same input gives the same bytes.
 */
public final class GgufWriter {
  /** The specification allows 64, but ggml needs one for the zero that ends its strings. */
  private static final int MAX_NAME_BYTES = 63;

  private static final int PADDING_BYTES = 4096;

  private GgufWriter() {}

  /**
   * A tensor whose data is fetched when it is its turn to be written, so that a model is never
   * copied as a whole.
   *
   * @param shape the outermost dimension first
   * @param data asked once; little-endian, row-major, as many bytes as type and shape need
   */
  public record Source(String name, GgmlType type, List<Long> shape, Supplier<MemorySegment> data) {
    public Source {
      shape = List.copyOf(shape);
    }
  }

  /**
   * Writes a file, replacing one that is there. It is on the disk whole when this returns; until
   * then, and if it fails, the old one is.
   *
   * @throws WroughtException INVALID_ARGUMENT for tensors that the format does not allow, STORAGE
   */
  public static void write(Path file, GgufMetadata metadata, List<Source> tensors) {
    long alignment = metadata.alignment();
    List<GgufTensor> places = places(tensors, alignment);
    byte[] header = HeaderOutput.header(metadata, places);
    try {
      DurableFiles.write(
          file,
          channel -> {
            ChannelOutput.write(channel, ByteBuffer.wrap(header));
            for (int i = 0; i < places.size(); i++) {
              pad(channel, alignment);
              ChannelOutput.write(channel, data(tensors.get(i), places.get(i)));
            }
            if (!places.isEmpty()) {
              pad(channel, alignment);
            }
          });
    } catch (IOException failure) {
      throw new WroughtException(
          ErrorCode.STORAGE, "cannot write %s: %s".formatted(file, failure), failure);
    }
  }

  /** Side by side, each from a multiple of the alignment on. */
  private static List<GgufTensor> places(List<Source> tensors, long alignment) {
    List<GgufTensor> places = new ArrayList<>();
    Set<String> names = new HashSet<>();
    long offset = 0;
    for (Source source : tensors) {
      GgufTensor tensor = new GgufTensor(source.name(), source.type(), source.shape(), offset);
      int nameBytes = StrictUtf8.encode(tensor.name()).length;
      Checks.require(
          nameBytes <= MAX_NAME_BYTES,
          () ->
              "tensor %s has a name of %d bytes; ggml reads at most %d"
                  .formatted(Excerpt.of(tensor.name()), nameBytes, MAX_NAME_BYTES));
      Checks.require(
          names.add(tensor.name()),
          () -> "tensor %s is there twice".formatted(Excerpt.of(tensor.name())));
      places.add(tensor);
      offset += GgufHeader.aligned(tensor.sizeBytes(), alignment);
    }
    return places;
  }

  private static MemorySegment data(Source source, GgufTensor tensor) {
    MemorySegment data = source.data().get();
    Checks.require(
        data.byteSize() == tensor.sizeBytes(),
        () ->
            "tensor %s of type %s and shape %s takes %d bytes, not %d"
                .formatted(
                    Excerpt.of(tensor.name()),
                    tensor.type(),
                    tensor.shape(),
                    tensor.sizeBytes(),
                    data.byteSize()));
    return data;
  }

  private static void pad(FileChannel channel, long alignment) throws IOException {
    long position = channel.position();
    for (long left = GgufHeader.aligned(position, alignment) - position;
        left > 0;
        left -= PADDING_BYTES) {
      ChannelOutput.write(channel, ByteBuffer.allocate((int) Math.min(left, PADDING_BYTES)));
    }
  }
}
