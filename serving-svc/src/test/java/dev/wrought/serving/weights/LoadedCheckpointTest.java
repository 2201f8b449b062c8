package dev.wrought.serving.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wrought.core.checkpoint.Checkpoint;
import dev.wrought.core.checkpoint.SafetensorsFile;
import dev.wrought.core.checkpoint.SafetensorsWriter;
import dev.wrought.core.checkpoint.TensorType;
import dev.wrought.core.checkpoint.TensorView;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.model.ModelConfig;
import dev.wrought.core.model.SpecialIds;
import dev.wrought.core.tokenizer.BpeTrainer;
import dev.wrought.core.tokenizer.TokenizerJson;
import dev.wrought.core.tokenizer.WordCounts;
import dev.wrought.serving.TinyCheckpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused before it computes nonsense, and how that is said. */
class LoadedCheckpointTest {
  @TempDir private Path folder;

  @Test
  void read_aWholeCheckpoint_givesItsParts() {
    Path path = TinyCheckpoint.publish(folder, "gpt2", 1);
    try (LoadedCheckpoint loaded = LoadedCheckpoint.read(path)) {
      assertEquals(Checkpoint.peek(path).digest(), loaded.digest());
      assertEquals(2, loaded.weights().blocks().size());
      assertEquals(
          TinyCheckpoint.tokenizer().vocabularySize(), loaded.tokenizer().vocabularySize());
    }
  }

  @Test
  void read_aMissingTensor_namesIt() {
    assertRefused(
        ErrorCode.CORRUPT_FILE,
        "the tensor model.layers.1.mlp.up_proj.weight is missing",
        published(withTensors(tensors -> tensors.remove("model.layers.1.mlp.up_proj.weight"))));
  }

  @Test
  void read_aTensorOfAnotherShape_namesItWithBothShapes() {
    assertRefused(
        ErrorCode.CORRUPT_FILE,
        "the tensor model.norm.weight has the shape [31] instead of [30]",
        published(withTensors(tensors -> put(tensors, "model.norm.weight", TensorType.F32, 31))));
  }

  @Test
  void read_aTensorOfAnotherNumberFormat_namesIt() {
    assertRefused(
        ErrorCode.CORRUPT_FILE,
        "the tensor model.norm.weight is stored as I32",
        published(withTensors(tensors -> put(tensors, "model.norm.weight", TensorType.I32, 30))));
  }

  @Test
  void read_whatFailsHalfWay_leavesNothingMapped() throws IOException {
    Path path = published(nothing -> {});
    VerifiedCheckpoint verified = VerifiedCheckpoint.of(path);
    withTensors(tensors -> put(tensors, "model.norm.weight", TensorType.I32, 30)).accept(path);
    assertThrows(AssertionError.class, () -> LoadedCheckpoint.read(verified).close());
    Path maps = Path.of("/proc/self/maps");
    assumeTrue(Files.exists(maps), "this system does not tell what is mapped");
    assertFalse(Files.readString(maps).contains(path.toRealPath().toString()));
  }

  /** FAULTS T7. */
  @Test
  void read_anotherTokenizer_isRefusedByDigest() {
    assertRefused(
        ErrorCode.DIGEST_MISMATCH,
        "were trained on the tokenizer",
        published(files -> {
          WordCounts counts = new WordCounts();
          counts.add("entirely other words".getBytes(StandardCharsets.UTF_8));
          try {
            Files.delete(files.resolve(Checkpoint.TOKENIZER));
            TokenizerJson.write(
                BpeTrainer.train(counts, 380, (merges, wanted) -> {}),
                files.resolve(Checkpoint.TOKENIZER));
          } catch (IOException failure) {
            throw new UncheckedIOException(failure);
          }
        }));
  }

  /** FAULTS T5: an id beyond the embedding's rows. */
  @Test
  void read_aVocabularyLargerThanTheModels_isRefusedNamingTheFirstTokenTooMany() {
    assertRefused(
        ErrorCode.DIGEST_MISMATCH,
        "the model only 300: token 300, '<extra_id_",
        published(files -> {
          Path file = files.resolve(Checkpoint.CONFIGURATION);
          ModelConfig config = ModelConfig.read(file);
          config.withSpecialIds(SpecialIds.NONE).withVocabularySize(300).write(file);
        }));
  }

  @Test
  void read_aFileThatWasChangedLater_isRefusedByItsDigest() throws IOException {
    Path path = published(nothing -> {});
    byte[] weights = Files.readAllBytes(path.resolve(Checkpoint.WEIGHTS));
    weights[weights.length - 1] ^= 1;
    Files.write(path.resolve(Checkpoint.WEIGHTS), weights);
    assertRefused(ErrorCode.CORRUPT_FILE, "the SHA-256 of model.safetensors differs", path);
  }

  /** FAULTS C8. */
  @Test
  void read_aPickle_isNeverOpened() throws IOException {
    Path path = Files.createDirectory(folder.resolve("pickled"));
    Files.write(path.resolve("pytorch_model.bin"), new byte[] {(byte) 0x80, 2, '.'});
    assertRefused(ErrorCode.FAILED_PRECONDITION, "pytorch_model.bin, a pickle", path);
  }

  @Test
  void read_aFolderThatIsNotThere_isNotFound() {
    assertRefused(ErrorCode.NOT_FOUND, "no checkpoint at", folder.resolve("none"));
  }

  private Path published(Consumer<Path> afterwards) {
    return TinyCheckpoint.publish(
        folder, TinyCheckpoint.config("llama"), 1, TensorType.F32, afterwards);
  }

  private static Consumer<Path> withTensors(Consumer<SequencedMap<String, TensorView>> change) {
    return files -> {
      Path file = files.resolve(Checkpoint.WEIGHTS);
      Path changed = files.resolve("changed");
      try (SafetensorsFile open = SafetensorsFile.open(file)) {
        SequencedMap<String, TensorView> tensors = new LinkedHashMap<>(open.tensors());
        change.accept(tensors);
        SafetensorsWriter.write(changed, tensors, Map.of());
      }
      try {
        Files.delete(file);
        Files.move(changed, file);
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    };
  }

  private static void put(
      SequencedMap<String, TensorView> tensors, String name, TensorType type, int length) {
    byte[] bytes = new byte[length * type.sizeBytes()];
    tensors.put(name, new TensorView(type, new long[] {length}, MemorySegment.ofArray(bytes)));
  }

  private static void assertRefused(ErrorCode code, String because, Path path) {
    WroughtException refused =
        assertThrows(WroughtException.class, () -> LoadedCheckpoint.read(path).close());
    String message = String.valueOf(refused.getMessage());
    assertEquals(code, refused.code(), message);
    assertTrue(message.contains(because), message);
  }
}
