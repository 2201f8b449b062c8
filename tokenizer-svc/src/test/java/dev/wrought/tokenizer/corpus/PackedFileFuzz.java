package dev.wrought.tokenizer.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.Zstd;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.fuzz.FuzzTarget;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/** A text that is packed: with gzip if its first byte says so, else with Zstandard. */
public final class PackedFileFuzz implements FuzzTarget {
  private static final byte GZIP = 0x1F;
  private static final byte[] TEXT = "text ".repeat(40).getBytes(UTF_8);

  /** Packs as well as a bomb, and is too small to be one. */
  private static final byte[] ZEROS = new byte[1 << 20];

  /** Jazzer's entry. */
  public static void fuzzerTestOneInput(byte[] input) {
    new PackedFileFuzz().readOrRefuse(input);
  }

  @Override
  public void read(byte[] input) {
    boolean gzip = input.length > 0 && input[0] == GZIP;
    FuzzedSource.read(gzip ? "fuzzed.txt.gz" : "fuzzed.txt.zst", input);
  }

  @Override
  public Set<ErrorCode> refusals() {
    return Set.of(ErrorCode.INVALID_DATA);
  }

  @Override
  public List<byte[]> seeds() {
    return List.of(gzip(TEXT), gzip(ZEROS), Zstd.compress(TEXT), Zstd.compress(ZEROS));
  }

  private static byte[] gzip(byte[] content) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(content);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return packed.toByteArray();
  }

  @Override
  public List<String> dictionary() {
    return List.of(
        "\u001F\u008B\b\0",
        "\u001F\u008B\b\u001E", // a gzip with all that may be in its header
        "(\u00B5/\u00FD", // a frame of Zstandard
        "P*M\u0018\4\0\0\0", // one to be skipped
        "\u00FF\u00FF\u00FF\u00FF",
        "\1\0\0\u00FF\u00FF"); // bytes as they are
  }

  @Override
  public List<String> code() {
    return List.of(
        "dev/wrought/tokenizer/corpus/{Compression,Inflation,PackedFile,UnpackedStream}.java",
        "dev/wrought/tokenizer/corpus/{StreamSource,TextFormat}.java");
  }

  @Override
  public Set<String> guides() {
    return Set.of(OURS, "org.apache.commons.compress.**");
  }
}
