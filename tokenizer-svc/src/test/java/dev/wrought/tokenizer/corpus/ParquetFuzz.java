package dev.wrought.tokenizer.corpus;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.fuzz.FuzzTarget;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A Parquet file. */
public final class ParquetFuzz implements FuzzTarget {
  /** Jazzer's entry. */
  public static void fuzzerTestOneInput(byte[] input) {
    new ParquetFuzz().readOrRefuse(input);
  }

  @Override
  public void read(byte[] input) {
    FuzzedSource.read("fuzzed.parquet", input);
  }

  /** The library takes the memory that pages claim: then it is refused by that name. */
  @Override
  public Set<ErrorCode> refusals() {
    return Set.of(ErrorCode.INVALID_DATA, ErrorCode.OUT_OF_MEMORY);
  }

  @Override
  public List<byte[]> seeds() {
    return Stream.of("snappy.parquet", "zstd-v2.parquet").map(ParquetFuzz::seed).toList();
  }

  private static byte[] seed(String name) {
    try (InputStream in = ParquetFuzz.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public List<String> dictionary() {
    return List.of(
        "PAR1",
        "text",
        "\u0015\u0004\u0019", // a footer begins
        "\u0015\0\u0015", // a page's header begins
        "\u00FF\u00FF\u00FF\u00FF\u000F",
        "\u00FE\u00FF\u00FF\u00FF\u000F",
        "\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u0001");
  }

  @Override
  public List<String> code() {
    return List.of("dev/wrought/tokenizer/corpus/{Parquet*,ChannelFile,Inflation}.java");
  }

  @Override
  public Set<String> guides() {
    return Set.of(OURS, "dev.hardwood.**");
  }
}
