package dev.wrought.core.checkpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrought.core.artifact.ChannelOutput;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Supplier;

/**
 * Writes a safetensors file: wider element types first, so that every tensor is aligned to its
 * type; otherwise in the given order. The data starts at a multiple of 64 bytes, for readers that
 * map it into vectors. The same tensors give the same bytes.
 */
public final class SafetensorsWriter {
  private static final int ALIGNMENT = 64;
  private static final ObjectMapper JSON = new ObjectMapper();

  private SafetensorsWriter() {}

  /**
   * A tensor whose data is fetched when it is its turn to be written, so that a model is never
   * copied as a whole.
   *
   * @param data asked once; as many bytes as type and shape need
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
  public record Source(String name, TensorType type, long[] shape, Supplier<MemorySegment> data) {
    long sizeBytes() {
      return TensorView.sizeBytes(type, shape);
    }
  }

  /**
   * Writes a new file, and does not sync it: publishing does.
   *
   * @throws WroughtException STORAGE
   */
  public static void write(
      Path file, SequencedMap<String, TensorView> tensors, Map<String, String> metadata) {
    List<Source> sources =
        tensors.entrySet().stream().map(entry -> source(entry.getKey(), entry.getValue())).toList();
    write(file, sources, metadata);
  }

  private static Source source(String name, TensorView tensor) {
    return new Source(name, tensor.type(), tensor.shape(), tensor::data);
  }

  /**
   * Writes a new file, one tensor after the other, and does not sync it: publishing does.
   *
   * @throws WroughtException STORAGE
   */
  public static void write(Path file, List<Source> tensors, Map<String, String> metadata) {
    List<Source> ordered =
        tensors.stream()
            .sorted(Comparator.comparingInt(tensor -> -tensor.type().sizeBytes()))
            .toList();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
      ChannelOutput.write(channel, header(ordered, metadata));
      for (Source tensor : ordered) {
        ChannelOutput.write(
            channel, new TensorView(tensor.type(), tensor.shape(), tensor.data().get()).data());
      }
    } catch (IOException failure) {
      throw new WroughtException(
          ErrorCode.STORAGE, "cannot write %s: %s".formatted(file, failure), failure);
    }
  }

  private static ByteBuffer header(List<Source> tensors, Map<String, String> metadata)
      throws IOException {
    ObjectNode root = JSON.createObjectNode();
    if (!metadata.isEmpty()) {
      ObjectNode strings = root.putObject("__metadata__");
      metadata.entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(entry -> strings.put(entry.getKey(), entry.getValue()));
    }
    long begin = 0;
    for (Source tensor : tensors) {
      long end = begin + tensor.sizeBytes();
      ObjectNode place = root.putObject(tensor.name());
      place.put("dtype", tensor.type().name());
      Arrays.stream(tensor.shape()).forEach(place.putArray("shape")::add);
      place.putArray("data_offsets").add(begin).add(end);
      begin = end;
    }
    return padded(JSON.writeValueAsString(root).getBytes(StandardCharsets.UTF_8));
  }

  /** The length and the header, filled up with spaces. */
  private static ByteBuffer padded(byte[] json) {
    int total = Math.ceilDiv(Long.BYTES + json.length, ALIGNMENT) * ALIGNMENT;
    ByteBuffer bytes = ByteBuffer.allocate(total).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(total - Long.BYTES).put(json);
    Arrays.fill(bytes.array(), bytes.position(), total, (byte) ' ');
    return bytes.rewind();
  }
}
