package dev.wrought.serving.weights;

import dev.wrought.core.checkpoint.Checkpoint;
import dev.wrought.core.checkpoint.SafetensorsFile;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.tokenizer.Tokenizer;
import java.lang.foreign.Arena;
import java.nio.file.Path;

/**
 * A checkpoint that was read: its weights, its tokenizer, its identity. Whoever loads it closes it,
 * after the last computation with it.
 */
public final class LoadedCheckpoint implements AutoCloseable {
  private final VerifiedCheckpoint verified;
  private final ModelWeights weights;
  private final SafetensorsFile file;
  private final Arena arena;

  private LoadedCheckpoint(
      VerifiedCheckpoint verified, ModelWeights weights, SafetensorsFile file, Arena arena) {
    this.verified = verified;
    this.weights = weights;
    this.file = file;
    this.arena = arena;
  }

  /**
   * Checks and reads a folder.
   *
   * @throws WroughtException what {@link VerifiedCheckpoint#of} and {@link #read} say
   */
  public static LoadedCheckpoint read(Path folder) {
    return read(VerifiedCheckpoint.of(folder));
  }

  /**
   * Reads what was checked before.
   *
   * @throws WroughtException OUT_OF_MEMORY; STORAGE
   */
  public static LoadedCheckpoint read(VerifiedCheckpoint verified) {
    SafetensorsFile file = SafetensorsFile.open(verified.checkpoint().file(Checkpoint.WEIGHTS));
    Arena arena = Arena.ofShared();
    try {
      ModelWeights weights = WeightsReader.read(file, verified.config(), arena);
      return new LoadedCheckpoint(verified, weights, file, arena);
    } catch (RuntimeException | Error failure) {
      file.close();
      arena.close();
      if (failure instanceof OutOfMemoryError) {
        throw new WroughtException(
            ErrorCode.OUT_OF_MEMORY,
            "there is no memory for %s with its %,d parameters: release another model, or load a smaller one"
                .formatted(verified.checkpoint().path(), verified.config().parameterCount()),
            failure);
      }
      throw failure;
    }
  }

  /** SHA-256 of the manifest, in hex: the model's identity. */
  public String digest() {
    return verified.checkpoint().digest();
  }

  public ModelWeights weights() {
    return weights;
  }

  public Tokenizer tokenizer() {
    return verified.tokenizer();
  }

  @Override
  public void close() {
    file.close();
    arena.close();
  }
}
