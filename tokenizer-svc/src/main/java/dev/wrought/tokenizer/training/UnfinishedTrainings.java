package dev.wrought.tokenizer.training;

import dev.wrought.core.artifact.DurableFiles;
import dev.wrought.core.tokenizer.ModelKind;
import dev.wrought.core.tokenizer.VocabularySpec;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What trainings had done when they were stopped or killed, a file each under the home, so that the
 * same request can go on from there. A file is replaced as a whole or not at all. One that is
 * damaged or belongs to something else is ignored; that, and whatever else goes wrong here, is
 * logged and stops no training. Thread-safe.
 */
public final class UnfinishedTrainings {
  private static final System.Logger LOG = System.getLogger(UnfinishedTrainings.class.getName());

  private final Path folder;

  /**
   * @param home the platform's; {@code tokenizers/.unfinished} in it need not exist
   */
  public UnfinishedTrainings(Path home) {
    this.folder = home.resolve("tokenizers").resolve(".unfinished").toAbsolutePath();
  }

  /**
   * What a training had done, if that is known.
   *
   * @param model that it was to learn
   * @param vocabulary of that
   */
  Optional<TrainingState> find(String key, ModelKind model, VocabularySpec vocabulary) {
    Path file = folder.resolve(key);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(StateFile.read(file, key, model, vocabulary));
    } catch (IOException failure) {
      LOG.log(
          Level.WARNING,
          "ignored {0}, and the training begins anew: {1}",
          file,
          failure.getMessage());
      return Optional.empty();
    }
  }

  /** Saves a training's state in the place of the one before. */
  void save(String key, TrainingState state) {
    Path file = folder.resolve(key);
    try {
      Files.createDirectories(folder);
      Path temporary = folder.resolve(DurableFiles.temporaryName());
      try {
        StateFile.write(temporary, key, state);
        DurableFiles.force(temporary);
        DurableFiles.move(temporary, file);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException failure) {
      LOG.log(Level.WARNING, "cannot save a training in " + file + "; it goes on", failure);
    }
  }

  /** A training has come to its end, or begins anew. */
  void forget(String key) {
    delete(folder.resolve(key));
  }

  /** Deletes what nobody has gone on with, and what a save that was killed has left. */
  public void discardAbandoned(Instant before) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> files = entries.toList();
      for (Path file : files) {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
          delete(file);
        }
      }
    } catch (IOException failure) {
      LOG.log(Level.WARNING, "cannot look for abandoned trainings in " + folder, failure);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException failure) {
      LOG.log(Level.WARNING, "cannot delete " + file + ", which is not needed any more", failure);
    }
  }
}
