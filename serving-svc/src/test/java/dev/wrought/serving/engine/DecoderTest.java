package dev.wrought.serving.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import dev.wrought.core.checkpoint.Checkpoint;
import dev.wrought.core.checkpoint.SafetensorsFile;
import dev.wrought.core.checkpoint.SafetensorsWriter;
import dev.wrought.core.checkpoint.TensorType;
import dev.wrought.core.checkpoint.TensorView;
import dev.wrought.core.model.ModelConfig;
import dev.wrought.serving.TinyCheckpoint;
import dev.wrought.serving.TinyWeights;
import dev.wrought.serving.kernel.ComputePool;
import dev.wrought.serving.kernel.KernelChoice;
import dev.wrought.serving.weights.LoadedCheckpoint;
import dev.wrought.torch.aten.Tensors;
import dev.wrought.torch.autograd.GradMode;
import dev.wrought.torch.autograd.TensorScope;
import dev.wrought.torch.transformer.Parameters;
import dev.wrought.torch.transformer.TokenBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forward pass against PyTorch's, and against itself in other company. */
class DecoderTest {
  private static final int SEED = 7;

  @TempDir private Path folder;
  private final Arena arena = Arena.ofShared();
  private final ComputePool pool = new ComputePool(2);

  @AfterEach
  void close() {
    pool.close();
    arena.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"gpt2", "gpt2-exact-untied", "llama", "llama-multi-query-untied", "llama-biases"})
  void logits_ofASequenceAsLongAsTheContext_areThoseOfPyTorch(String name) {
    try (LoadedCheckpoint checkpoint =
        LoadedCheckpoint.read(TinyCheckpoint.publish(folder, name, SEED))) {
      int[] tokens = tokens(checkpoint, TinyCheckpoint.CONTEXT, 1);
      float[] expected = torchLogits(checkpoint.weights().config(), tokens);
      float[] actual = new Alone(checkpoint).logits(tokens, tokens.length);
      assertTrue(
          relativeError(expected, actual) < 1e-4, name + ": " + relativeError(expected, actual));
    }
  }

  @Test
  void logits_ofWeightsInBfloat16_areThoseOfTheSameNumbersInFloat32() {
    ModelConfig config = TinyCheckpoint.config("llama");
    Path halves =
        TinyCheckpoint.publish(
            folder.resolve("halves"), config, SEED, TensorType.BF16, nothing -> {});
    Path wholes =
        TinyCheckpoint.publish(
            folder.resolve("wholes"), config, SEED, TensorType.BF16, DecoderTest::storeWholes);
    try (LoadedCheckpoint half = LoadedCheckpoint.read(halves);
        LoadedCheckpoint whole = LoadedCheckpoint.read(wholes)) {
      int[] tokens = tokens(half, 20, 2);
      assertArrayEquals(new Alone(whole).logits(tokens, 20), new Alone(half).logits(tokens, 20));
    }
  }

  /** Writes a checkpoint's bfloat16 weights as float32: the same numbers in twice the bytes. */
  private static void storeWholes(Path checkpoint) {
    Path file = checkpoint.resolve(Checkpoint.WEIGHTS);
    Path wholes = checkpoint.resolve("wholes");
    try (SafetensorsFile halves = SafetensorsFile.open(file)) {
      SequencedMap<String, TensorView> tensors = new LinkedHashMap<>();
      halves.tensors().forEach((name, tensor) -> tensors.put(name, whole(tensor)));
      SafetensorsWriter.write(wholes, tensors, Map.of());
    }
    try {
      Files.delete(file);
      Files.move(wholes, file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static TensorView whole(TensorView half) {
    short[] halves = half.data().toArray(ValueLayout.JAVA_SHORT_UNALIGNED);
    int[] wholes = new int[halves.length];
    for (int i = 0; i < halves.length; i++) {
      wholes[i] = halves[i] << 16;
    }
    byte[] bytes = MemorySegment.ofArray(wholes).toArray(ValueLayout.JAVA_BYTE);
    return new TensorView(TensorType.F32, half.shape(), MemorySegment.ofArray(bytes));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 16, 33})
  void logits_ofAPromptInChunks_haveTheBitsOfThePromptAtOnce(int chunk) {
    for (String name : new String[] {"gpt2", "llama"}) {
      try (LoadedCheckpoint checkpoint =
          LoadedCheckpoint.read(TinyCheckpoint.publish(folder.resolve(name), name, SEED))) {
        int[] tokens = tokens(checkpoint, 60, 3);
        assertArrayEquals(
            new Alone(checkpoint).logits(tokens, tokens.length),
            new Alone(checkpoint).logits(tokens, chunk));
      }
    }
  }

  @Test
  void logits_ofASequenceAmongOthers_haveTheBitsOfTheSequenceAlone() {
    try (LoadedCheckpoint checkpoint =
        LoadedCheckpoint.read(TinyCheckpoint.publish(folder, "llama", SEED))) {
      int vocabulary = checkpoint.weights().config().vocabularySize();
      int[] tokens = tokens(checkpoint, 40, 4);
      float[] alone = new Alone(checkpoint).logits(tokens, tokens.length);

      PagePool pages = new PagePool(arena, checkpoint.weights().config(), 5);
      Decoder decoder =
          new Decoder(checkpoint.weights(), KernelChoice.kernels(), pool, pages.pages(), 150);
      Batch batch = new Batch(150);
      for (int neighbour = 0; neighbour < 5; neighbour++) {
        int[] own = neighbour == 3 ? tokens : tokens(checkpoint, 11 + neighbour, neighbour);
        batch.add(pages.take(own.length).orElseThrow(), i -> own[i], 0, own.length, 0);
      }
      float[] among = new float[batch.wantedRows() * vocabulary];
      decoder.forward(batch);
      decoder.logits(
          batch,
          (row, logits, at) -> System.arraycopy(logits, at, among, row * vocabulary, vocabulary));
      int first = (11 + 12 + 13) * vocabulary;
      assertArrayEquals(alone, Arrays.copyOfRange(among, first, first + alone.length));
    }
  }

  /** One sequence in a cache of its own. */
  private final class Alone {
    private final LoadedCheckpoint checkpoint;
    private final int vocabulary;

    Alone(LoadedCheckpoint checkpoint) {
      this.checkpoint = checkpoint;
      vocabulary = checkpoint.weights().config().vocabularySize();
    }

    float[] logits(int[] tokens, int chunk) {
      PagePool pages = new PagePool(arena, checkpoint.weights().config(), 1);
      int[] own = pages.take(tokens.length).orElseThrow();
      Decoder decoder =
          new Decoder(checkpoint.weights(), KernelChoice.kernels(), pool, pages.pages(), chunk);
      Batch batch = new Batch(chunk);
      float[] all = new float[tokens.length * vocabulary];
      for (int first = 0; first < tokens.length; first += chunk) {
        int from = first;
        batch.clear();
        batch.add(own, i -> tokens[i], from, Math.min(chunk, tokens.length - from), 0);
        decoder.forward(batch);
        decoder.logits(
            batch,
            (row, logits, at) ->
                System.arraycopy(logits, at, all, (from + row) * vocabulary, vocabulary));
      }
      return all;
    }
  }

  private static int[] tokens(LoadedCheckpoint checkpoint, int count, long seed) {
    int vocabulary = checkpoint.weights().config().vocabularySize();
    return new SplittableRandom(seed).ints(count, 0, vocabulary).toArray();
  }

  private static float[] torchLogits(ModelConfig config, int[] tokens) {
    try (Parameters parameters = TinyWeights.inTorch(config, SEED);
        dev.wrought.torch.transformer.Decoder decoder =
            new dev.wrought.torch.transformer.Decoder(config, parameters);
        GradMode mode = GradMode.off();
        TensorScope scope = TensorScope.open()) {
      NDArray logits = decoder.logits(TokenBatch.of(1, tokens.length, tokens, tokens));
      float[] values = new float[tokens.length * config.vocabularySize()];
      Tensors.toFloats(logits).get(values);
      return values;
    }
  }

  /** The largest difference in units of the largest value. */
  private static double relativeError(float[] expected, float[] actual) {
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      difference = Math.max(difference, Math.abs(expected[i] - (double) actual[i]));
    }
    return difference / largest;
  }
}
