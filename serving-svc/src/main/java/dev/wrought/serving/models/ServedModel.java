package dev.wrought.serving.models;

import dev.wrought.core.checkpoint.CheckpointLease;
import dev.wrought.core.model.ModelConfig;
import dev.wrought.core.tokenizer.SpecialTokens;
import dev.wrought.core.tokenizer.Tokenizer;
import dev.wrought.serving.engine.Decoder;
import dev.wrought.serving.engine.Engine;
import dev.wrought.serving.generation.Generation;
import dev.wrought.serving.kernel.ComputePool;
import dev.wrought.serving.kernel.Kernels;
import dev.wrought.serving.weights.LoadedCheckpoint;
import dev.wrought.serving.weights.VerifiedCheckpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A loaded checkpoint and the engine that computes it. While it is loaded, retention leaves the
 * checkpoint's folder alone. {@link Models} makes and closes it.
 */
public final class ServedModel {
  private final Path path;
  private final LoadedCheckpoint checkpoint;
  private final Optional<CheckpointLease> pin;
  private final Kernels kernels;
  private final Engine engine;

  private ServedModel(
      Path path, LoadedCheckpoint checkpoint, Optional<CheckpointLease> pin, Compute compute) {
    this.path = path;
    this.checkpoint = checkpoint;
    this.pin = pin;
    this.kernels = compute.kernels();
    try {
      engine = new Engine(checkpoint.weights(), kernels, compute.pool(), compute.limits());
    } catch (RuntimeException | Error failure) {
      checkpoint.close();
      throw failure;
    }
  }

  /** What models are computed with. */
  public record Compute(Kernels kernels, ComputePool pool, Engine.Limits limits) {}

  /**
   * Loads a checkpoint.
   *
   * @param makeRoom called once it is known that the checkpoint is good, before it is read
   * @throws dev.wrought.core.error.WroughtException what its checks say; OUT_OF_MEMORY
   */
  static ServedModel load(Path path, Compute compute, Runnable makeRoom) {
    VerifiedCheckpoint verified = VerifiedCheckpoint.of(path);
    Decoder.requireFit(verified.config());
    Optional<CheckpointLease> pin = pin(path);
    try {
      makeRoom.run();
      return new ServedModel(path, LoadedCheckpoint.read(verified), pin, compute);
    } catch (RuntimeException | Error failure) {
      pin.ifPresent(CheckpointLease::close);
      throw failure;
    }
  }

  /** A folder that cannot be written to is nobody's to delete from. */
  private static Optional<CheckpointLease> pin(Path path) {
    Path parent = path.getParent();
    return parent != null && Files.isWritable(parent)
        ? Optional.of(CheckpointLease.take(path))
        : Optional.empty();
  }

  /** The checkpoint's folder, absolute. */
  public Path path() {
    return path;
  }

  /** SHA-256 of the manifest. */
  public String digest() {
    return checkpoint.digest();
  }

  public ModelConfig config() {
    return checkpoint.weights().config();
  }

  public Tokenizer tokenizer() {
    return checkpoint.tokenizer();
  }

  public Kernels kernels() {
    return kernels;
  }

  public Engine engine() {
    return engine;
  }

  /** The token that ends a text: the model's, or else the tokenizer's. */
  public OptionalInt endOfText() {
    OptionalInt own = config().specialIds().end();
    return own.isPresent() ? own : tokenizer().specialId(SpecialTokens.END_OF_TEXT);
  }

  /** What texts are written with. */
  public Generation.Model forGeneration() {
    return new Generation.Model(
        tokenizer(), kernels, config().vocabularySize(), config().contextLength(), endOfText());
  }

  /** Weights, as they are packed and mapped, and the cache. */
  public long memoryBytes() {
    return checkpoint.weights().sizeBytes() + engine.cacheBytes();
  }

  void close() {
    engine.close();
    checkpoint.close();
    pin.ifPresent(CheckpointLease::close);
  }
}
