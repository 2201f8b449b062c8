package dev.wrought.core.checkpoint;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.fuzz.FuzzTarget;
import dev.wrought.core.fuzz.FuzzedFolder;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/** A safetensors file. */
public final class SafetensorsFileFuzz implements FuzzTarget {
  private static final byte[] INTACT = intact();

  /** Jazzer's entry. */
  public static void fuzzerTestOneInput(byte[] input) {
    new SafetensorsFileFuzz().readOrRefuse(input);
  }

  @Override
  public void read(byte[] input) {
    FuzzedFolder.read(
        FuzzedFolder.put("fuzzed.safetensors", input),
        path -> {
          try (SafetensorsFile file = SafetensorsFile.open(path)) {
            file.tensors().forEach((name, tensor) -> use(tensor, file.tensor(name)));
          }
        });
  }

  private static void use(TensorView tensor, TensorView same) {
    long bytes = tensor.data().toArray(ValueLayout.JAVA_BYTE).length;
    if (bytes != tensor.elements() * same.type().sizeBytes()) {
      throw new AssertionError(tensor + " has " + bytes + " bytes");
    }
  }

  @Override
  public Set<ErrorCode> refusals() {
    return Set.of(ErrorCode.CORRUPT_FILE);
  }

  @Override
  public List<byte[]> seeds() {
    return List.of(INTACT);
  }

  private static byte[] intact() {
    SequencedMap<String, TensorView> tensors = new LinkedHashMap<>();
    tensors.put(
        "weight",
        new TensorView(
            TensorType.F32, new long[] {2, 1}, MemorySegment.ofArray(new float[] {1, 2})));
    tensors.put(
        "empty",
        new TensorView(TensorType.BF16, new long[] {0, 7}, MemorySegment.ofArray(new short[0])));
    tensors.put(
        "scalar", new TensorView(TensorType.U8, new long[0], MemorySegment.ofArray(new byte[1])));
    Path file = FuzzedFolder.path().resolve("seed.safetensors");
    SafetensorsWriter.write(file, tensors, Map.of("format", "pt"));
    return FuzzedFolder.bytes(file);
  }

  @Override
  public List<String> dictionary() {
    return List.of(
        "\"dtype\":",
        "\"shape\":[",
        "\"data_offsets\":[0,",
        "\"__metadata__\":{",
        "\"F32\"",
        "\"F8_E4M3\"",
        "9223372036854775807",
        "18446744073709551616",
        "\\uD800",
        "\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u007F");
  }

  @Override
  public List<String> code() {
    return List.of(
        "dev/wrought/core/checkpoint/{Safetensors*,Tensor*}.java",
        "dev/wrought/core/artifact/MappedFile.java");
  }
}
