package dev.wrought.core.dataset;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.fuzz.FuzzTarget;
import dev.wrought.core.fuzz.FuzzedFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;

/** A dataset's dataset.json, beside shards that are whole. */
public final class DatasetFuzz implements FuzzTarget {
  private static final byte[] INTACT = seal();

  /** Jazzer's entry. */
  public static void fuzzerTestOneInput(byte[] input) {
    new DatasetFuzz().readOrRefuse(input);
  }

  @Override
  public void read(byte[] input) {
    FuzzedFolder.put(Dataset.FACTS_FILE, input);
    FuzzedFolder.read(
        FuzzedFolder.path(),
        folder -> {
          Dataset dataset = Dataset.open(folder);
          dataset.facts().bytesPerToken();
          dataset.train().close();
          dataset.validation().close();
        });
  }

  @Override
  public Set<ErrorCode> refusals() {
    return Set.of(ErrorCode.CORRUPT_FILE, ErrorCode.FAILED_PRECONDITION);
  }

  @Override
  public List<byte[]> seeds() {
    return List.of(INTACT);
  }

  private static byte[] seal() {
    try {
      Dataset dataset = TinyDataset.seal(FuzzedFolder.path());
      return FuzzedFolder.bytes(dataset.folder().resolve(Dataset.FACTS_FILE));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public List<String> dictionary() {
    return List.of(
        "\"formatVersion\":1",
        "\"files\":{",
        "\"digest\":",
        "\"dropped\":{\"empty\":1}",
        "null",
        "-1",
        "9223372036854775807",
        "[]",
        "{}");
  }

  @Override
  public List<String> code() {
    return List.of("dev/wrought/core/dataset/{Dataset,DatasetFacts,SplitCounts}.java");
  }
}
