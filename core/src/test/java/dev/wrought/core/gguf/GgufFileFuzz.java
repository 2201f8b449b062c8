package dev.wrought.core.gguf;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.fuzz.FuzzTarget;
import dev.wrought.core.fuzz.FuzzedFolder;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** A GGUF file: its metadata of all types, and its tensors. */
public final class GgufFileFuzz implements FuzzTarget {
  /** Jazzer's entry. */
  public static void fuzzerTestOneInput(byte[] input) {
    new GgufFileFuzz().readOrRefuse(input);
  }

  @Override
  public void read(byte[] input) {
    FuzzedFolder.read(FuzzedFolder.put("fuzzed.gguf", input), GgufFileFuzz::use);
  }

  private static void use(Path path) {
    try (GgufFile file = GgufFile.open(path)) {
      for (String name : file.tensors().keySet()) {
        checkLength(file.tensor(name), file.data(name).toArray(ValueLayout.JAVA_BYTE));
      }
      byte[] written = HeaderOutput.header(file.metadata(), List.of());
      try (GgufFile again = GgufFile.of(written, "written")) {
        checkEqual(file.metadata(), again.metadata());
      }
    }
  }

  private static void checkLength(GgufTensor tensor, byte[] data) {
    if (data.length != tensor.sizeBytes()) {
      throw new AssertionError(tensor + " has " + data.length + " bytes");
    }
  }

  private static void checkEqual(GgufMetadata read, GgufMetadata again) {
    if (!read.equals(again)) {
      throw new AssertionError("was " + read.values() + ", is " + again.values());
    }
  }

  @Override
  public Set<ErrorCode> refusals() {
    return Set.of(ErrorCode.CORRUPT_FILE, ErrorCode.FAILED_PRECONDITION);
  }

  @Override
  public List<byte[]> seeds() {
    return List.of(TinyGguf.bytes(FuzzedFolder.path()));
  }

  @Override
  public List<String> dictionary() {
    return List.of(
        "GGUF",
        "general.alignment",
        "\4\0\0\0", // a uint32
        "\t\0\0\0\b\0\0\0", // an array of strings
        "\t\0\0\0\t\0\0\0", // an array of arrays
        "\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF",
        "\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u007F",
        "\0\0\0\0\0\0\0\u0080");
  }

  @Override
  public List<String> code() {
    return List.of("dev/wrought/core/gguf/*.java");
  }
}
