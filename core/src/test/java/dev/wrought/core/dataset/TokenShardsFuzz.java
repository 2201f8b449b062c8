package dev.wrought.core.dataset;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.fuzz.FuzzTarget;
import dev.wrought.core.fuzz.FuzzedFiles;
import dev.wrought.core.fuzz.FuzzedFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** A split's .bin, and its .idx. */
public final class TokenShardsFuzz implements FuzzTarget {
  /** Jazzer's entry. */
  public static void fuzzerTestOneInput(byte[] input) {
    new TokenShardsFuzz().readOrRefuse(input);
  }

  @Override
  public void read(byte[] input) {
    List<byte[]> files = FuzzedFiles.of(input, 2);
    FuzzedFolder.put("fuzzed.bin", files.get(0));
    FuzzedFolder.put("fuzzed.idx", files.get(1));
    FuzzedFolder.read(FuzzedFolder.path().resolve("fuzzed"), TokenShardsFuzz::readAll);
  }

  private static void readAll(Path prefix) {
    try (TokenShards shards = TokenShards.open(prefix)) {
      long tokens = 0;
      for (int document = 0; document < shards.documents(); document++) {
        if (shards.documentOffset(document) != tokens) {
          throw new AssertionError("document " + document + " does not follow the one before it");
        }
        tokens += shards.document(document).length;
      }
      if (tokens != shards.tokens()) {
        throw new AssertionError(shards.tokens() + " tokens, and in documents " + tokens);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public Set<ErrorCode> refusals() {
    return Set.of(ErrorCode.CORRUPT_FILE);
  }

  @Override
  public List<byte[]> seeds() {
    return List.of(
        seed(TokenType.UINT16, 3, 0, 1), seed(TokenType.INT32, 2), seed(TokenType.UINT16));
  }

  private static byte[] seed(TokenType type, int... lengths) {
    try {
      ByteArrayOutputStream index = new ByteArrayOutputStream();
      ShardIndex.write(index, type, lengths);
      int tokens = IntStream.of(lengths).sum();
      return FuzzedFiles.joined(new byte[tokens * type.bytes()], index.toByteArray());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public List<String> dictionary() {
    return List.of(
        "\u00FF",
        "MMIDIDX\0\0",
        "\1\0\0\0\0\0\0\0",
        "\u00FF\u00FF\u00FF\u007F",
        "\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u007F",
        "\0\0\0\0\0\0\0\u0080");
  }

  @Override
  public List<String> code() {
    return List.of("dev/wrought/core/dataset/{ShardIndex,TokenShards,TokenType}.java");
  }
}
