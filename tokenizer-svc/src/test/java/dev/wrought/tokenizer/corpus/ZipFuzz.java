package dev.wrought.tokenizer.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.fuzz.FuzzTarget;
import dev.wrought.core.fuzz.FuzzedFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A zip. */
public final class ZipFuzz implements FuzzTarget {
  /** Jazzer's entry. */
  public static void fuzzerTestOneInput(byte[] input) {
    new ZipFuzz().readOrRefuse(input);
  }

  @Override
  public void read(byte[] input) {
    FuzzedSource.read("fuzzed.zip", input);
  }

  @Override
  public Set<ErrorCode> refusals() {
    return Set.of(ErrorCode.INVALID_DATA);
  }

  @Override
  public List<byte[]> seeds() {
    return List.of(
        zip(Map.of("a.txt", "text".repeat(9), "b/", "", "b/é", "1")),
        zip(Map.of("zeros", "\0".repeat(1 << 20))),
        zip(Map.of()));
  }

  private static byte[] zip(Map<String, String> entries) {
    Map<String, byte[]> bytes =
        entries.entrySet().stream()
            .collect(
                Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().getBytes(UTF_8)));
    try {
      return FuzzedFolder.bytes(Corpora.zip(FuzzedFolder.path().resolve("seed.zip"), bytes));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public List<String> dictionary() {
    return List.of(
        "PK\1\2",
        "PK\3\4",
        "PK\5\6",
        "PK\6\6",
        "PK\6\7",
        "PK\7\b",
        "\1\0\34\0", // sizes of 64 bits
        "../",
        "\u00FF\u00FF",
        "\u00FF\u00FF\u00FF\u00FF",
        "\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u007F");
  }

  @Override
  public List<String> code() {
    return List.of(
        "dev/wrought/tokenizer/corpus/{ZipSource,ZipDirectory,DeflatedEntries,Libdeflate,EntryNames,Inflation}.java");
  }

  /** The JDK's reader of zips is what parses here. */
  @Override
  public Set<String> guides() {
    return Set.of(OURS, "java.util.zip.**");
  }
}
