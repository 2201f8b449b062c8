package dev.wrought.core.checkpoint;

import dev.wrought.core.artifact.Sha256;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A published checkpoint: a folder whose files are what its manifest says.
 *
 * @param path absolute
 * @param digest SHA-256 of manifest.json, in hex: the model's identity
 */
public record Checkpoint(Path path, String digest, Manifest manifest, TrainerState state) {
  public static final String CONFIGURATION = "config.json";
  public static final String WEIGHTS = "model.safetensors";
  public static final String OPTIMIZER = "optimizer.safetensors";
  public static final String TOKENIZER = "tokenizer.json";

  /**
   * Opens a folder and compares every file with its digest.
   *
   * @throws WroughtException NOT_FOUND; CORRUPT_FILE naming the file; FAILED_PRECONDITION for
   *     another format; STORAGE
   */
  public static Checkpoint open(Path folder) {
    Checkpoint checkpoint = peek(folder);
    checkpoint.manifest.verify(folder);
    return checkpoint;
  }

  /**
   * Opens a folder without reading its large files: for lists, never before loading.
   *
   * @throws WroughtException NOT_FOUND, CORRUPT_FILE, FAILED_PRECONDITION, STORAGE
   */
  public static Checkpoint peek(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw missing(folder);
    }
    Manifest manifest = Manifest.read(folder);
    try {
      return new Checkpoint(
          folder.toAbsolutePath().normalize(),
          Sha256.of(folder.resolve(Manifest.FILE_NAME)),
          manifest,
          TrainerState.read(folder));
    } catch (NoSuchFileException deletedMeanwhile) {
      throw missing(folder);
    } catch (IOException failure) {
      throw new WroughtException(
          ErrorCode.STORAGE, "cannot read %s: %s".formatted(folder, failure), failure);
    }
  }

  private static WroughtException missing(Path folder) {
    return new WroughtException(ErrorCode.NOT_FOUND, "there is no checkpoint at " + folder);
  }

  /** Optimizer steps that made these weights. */
  public int step() {
    return state.step();
  }

  /** A file of this checkpoint. */
  public Path file(String name) {
    return path.resolve(name);
  }
}
