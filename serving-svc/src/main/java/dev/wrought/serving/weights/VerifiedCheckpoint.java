package dev.wrought.serving.weights;

import dev.wrought.core.checkpoint.Checkpoint;
import dev.wrought.core.checkpoint.Manifest;
import dev.wrought.core.checkpoint.SafetensorsFile;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.model.ModelConfig;
import dev.wrought.core.tokenizer.Tokenizer;
import dev.wrought.core.tokenizer.TokenizerJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A checkpoint that can be loaded: its files were compared with the digests of their manifest, the
 * tokenizer with the one that the weights were trained on, and every tensor with config.json. It
 * holds no weights.
 */
public record VerifiedCheckpoint(Checkpoint checkpoint, ModelConfig config, Tokenizer tokenizer) {
  private static final List<String> FILES_READ =
      List.of(Checkpoint.CONFIGURATION, Checkpoint.WEIGHTS, Checkpoint.TOKENIZER);
  private static final List<String> PICKLES = List.of(".bin", ".pt", ".pth", ".pkl", ".ckpt");

  /**
   * Checks a folder.
   *
   * @throws WroughtException NOT_FOUND; CORRUPT_FILE naming the file or tensor; DIGEST_MISMATCH for
   *     a tokenizer that is not the weights' own; FAILED_PRECONDITION for pickled weights;
   *     INVALID_ARGUMENT for an architecture that is not known
   */
  public static VerifiedCheckpoint of(Path folder) {
    refusePickles(folder);
    Checkpoint checkpoint = Checkpoint.peek(folder);
    verify(checkpoint);
    ModelConfig config = ModelConfig.read(checkpoint.file(Checkpoint.CONFIGURATION));
    Tokenizer tokenizer = TokenizerJson.read(checkpoint.file(Checkpoint.TOKENIZER));
    checkTokenizer(checkpoint, config, tokenizer);
    try (SafetensorsFile file = SafetensorsFile.open(checkpoint.file(Checkpoint.WEIGHTS))) {
      WeightsReader.check(folder, file, config);
    }
    return new VerifiedCheckpoint(checkpoint, config, tokenizer);
  }

  private static void refusePickles(Path folder) {
    if (!Files.isDirectory(folder) || Files.exists(folder.resolve(Checkpoint.WEIGHTS))) {
      return;
    }
    pickleIn(folder)
        .ifPresent(pickle -> {
          throw new WroughtException(
              ErrorCode.FAILED_PRECONDITION,
              "%s has its weights in %s, a pickle: reading one runs the program in it, so none is read; convert it to %s"
                  .formatted(folder, pickle.getFileName(), Checkpoint.WEIGHTS));
        });
  }

  private static Optional<Path> pickleIn(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(
              file -> PICKLES.stream().anyMatch(file.toString().toLowerCase(Locale.ROOT)::endsWith))
          .findFirst();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /** Only the files that are read: the optimizer's state, twice as large, is nothing to us. */
  private static void verify(Checkpoint checkpoint) {
    Manifest manifest = checkpoint.manifest();
    List<Manifest.Entry> entries =
        manifest.files().stream().filter(entry -> FILES_READ.contains(entry.name())).toList();
    if (entries.size() < FILES_READ.size()) {
      throw new WroughtException(
          ErrorCode.CORRUPT_FILE,
          "the manifest of %s must list %s; it lists %s"
              .formatted(
                  checkpoint.path(),
                  FILES_READ,
                  manifest.files().stream().map(Manifest.Entry::name).toList()));
    }
    new Manifest(manifest.formatVersion(), entries).verify(checkpoint.path());
  }

  private static void checkTokenizer(
      Checkpoint checkpoint, ModelConfig config, Tokenizer tokenizer) {
    String trainedOn = checkpoint.state().tokenizerDigest();
    if (!trainedOn.equals(tokenizer.digest())) {
      throw new WroughtException(
          ErrorCode.DIGEST_MISMATCH,
          "the weights in %s were trained on the tokenizer %s, but its tokenizer.json is %s: put the right one back"
              .formatted(checkpoint.path(), trainedOn, tokenizer.digest()));
    }
    if (tokenizer.vocabularySize() > config.vocabularySize()) {
      throw new WroughtException(
          ErrorCode.DIGEST_MISMATCH,
          "the tokenizer of %s has %,d tokens, the model only %,d: token %d, '%s', has no embedding"
              .formatted(
                  checkpoint.path(),
                  tokenizer.vocabularySize(),
                  config.vocabularySize(),
                  config.vocabularySize(),
                  tokenizer.writtenForm(config.vocabularySize())));
    }
  }
}
