package dev.wrought.core.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.fuzz.FuzzTarget;
import dev.wrought.core.fuzz.FuzzedFolder;
import java.util.List;
import java.util.Set;

/** A checkpoint's manifest, and whether the files are those that it names. */
public final class ManifestFuzz implements FuzzTarget {
  private static final byte[] CONFIG = {'{', '}'};

  /** Jazzer's entry. */
  public static void fuzzerTestOneInput(byte[] input) {
    new ManifestFuzz().readOrRefuse(input);
  }

  @Override
  public void read(byte[] input) {
    FuzzedFolder.put("config.json", CONFIG);
    FuzzedFolder.put(Manifest.FILE_NAME, input);
    FuzzedFolder.read(
        FuzzedFolder.path(),
        folder -> {
          Manifest manifest = Manifest.read(folder);
          manifest.sizeBytes();
          manifest.verify(folder);
        });
  }

  @Override
  public Set<ErrorCode> refusals() {
    return Set.of(ErrorCode.CORRUPT_FILE, ErrorCode.FAILED_PRECONDITION);
  }

  @Override
  public List<byte[]> seeds() {
    return List.of(
        """
        {"formatVersion": 1, "files": [{"name": "config.json", "sizeBytes": 2,
         "sha256": "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"}]}
        """
            .getBytes(UTF_8));
  }

  @Override
  public List<String> dictionary() {
    return List.of(
        "{\"name\":\"a\",\"sizeBytes\":0,\"sha256\":\"\"}",
        "\"formatVersion\":1",
        "\"files\":[",
        "\\u0000",
        "\"..\"",
        "null",
        "-1",
        "9223372036854775807");
  }

  @Override
  public List<String> code() {
    return List.of("dev/wrought/core/checkpoint/Manifest.java");
  }
}
