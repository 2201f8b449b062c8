package dev.wrought.benchmarks;

import ai.djl.Device;
import dev.wrought.core.checkpoint.SafetensorsWriter;
import dev.wrought.core.checkpoint.SafetensorsWriter.Source;
import dev.wrought.core.checkpoint.TensorType;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.model.Attention;
import dev.wrought.core.model.FeedForward;
import dev.wrought.core.model.ModelConfig;
import dev.wrought.core.model.Norm;
import dev.wrought.core.model.Position;
import dev.wrought.core.model.SpecialIds;
import dev.wrought.core.model.TensorSpec;
import dev.wrought.core.model.WeightType;
import dev.wrought.torch.aten.Libtorch;
import dev.wrought.torch.aten.ScalarType;
import dev.wrought.torch.aten.Tensors;
import dev.wrought.torch.autograd.GradMode;
import dev.wrought.torch.autograd.TensorScope;
import dev.wrought.torch.transformer.Decoder;
import dev.wrought.torch.transformer.Parameters;
import dev.wrought.torch.transformer.TokenBatch;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Writes what another implementation needs to check the torch module's arithmetic, for {@code
 * benchmarks/peers/check_model.py}: a folder for each architecture with {@code config.json}, {@code
 * model.safetensors}, and {@code sample.safetensors} with ids, targets, logits and the gradient of
 * the summed loss by every tensor, all in float32.
 */
final class ModelSample {

  private static final int SEQUENCES = 3;
  private static final int LENGTH = 140;
  private static final int VOCABULARY = 301;

  private ModelSample() {}

  /** {@code ModelSample FOLDER}. */
  public static void main(String[] arguments) {
    write(Path.of(arguments[0]));
  }

  /** Writes a folder for each architecture, and returns them. */
  static List<Path> write(Path folder) {
    Libtorch.start(1);
    return List.of(
        write(
            folder.resolve("gpt2"),
            model(
                new Position.Learned(),
                new Norm.LayerNorm(1e-5),
                Attention.multiHead(96, 6, true),
                new FeedForward.Gelu(200, true, true),
                true)),
        write(
            folder.resolve("llama"),
            model(
                new Position.Rotary(10_000),
                new Norm.RmsNorm(1e-5),
                new Attention(6, 2, 16, false),
                new FeedForward.SwiGlu(200, false),
                false)));
  }

  private static ModelConfig model(
      Position position, Norm norm, Attention attention, FeedForward feedForward, boolean tied) {
    return new ModelConfig(
        VOCABULARY,
        LENGTH,
        3,
        96,
        position,
        norm,
        attention,
        feedForward,
        tied,
        0.1,
        SpecialIds.NONE,
        WeightType.FLOAT32);
  }

  private static Path write(Path folder, ModelConfig config) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new WroughtException(ErrorCode.STORAGE, "cannot make the folder " + folder, e);
    }
    SplittableRandom random = new SplittableRandom(4);
    int[] inputs = random.ints(SEQUENCES * LENGTH, 0, VOCABULARY).toArray();
    int[] targets = random.ints(SEQUENCES * LENGTH, 0, VOCABULARY).toArray();
    TokenBatch batch = TokenBatch.of(SEQUENCES, LENGTH, inputs, targets);
    try (Parameters parameters =
            Parameters.initialise(config, 4, ScalarType.FLOAT32, Device.cpu());
        Decoder decoder = new Decoder(config, parameters)) {
      config.write(folder.resolve("config.json"));
      writeWeights(folder, parameters);
      writeSample(folder, decoder, batch);
    }
    return folder;
  }

  private static void writeWeights(Path folder, Parameters parameters) {
    SafetensorsWriter.write(
        folder.resolve("model.safetensors"),
        parameters.specs().stream()
            .map(spec -> floats(spec.name(), spec.shape(), parameters.floats(spec.name())))
            .toList(),
        Map.of("format", "pt"));
  }

  private static void writeSample(Path folder, Decoder decoder, TokenBatch batch) {
    List<Source> tensors = new ArrayList<>();
    long[] shape = {SEQUENCES, LENGTH};
    tensors.add(ints("ids", shape, batch.inputs()));
    tensors.add(ints("targets", shape, batch.targets()));
    tensors.add(
        floats("logits", new long[] {SEQUENCES, LENGTH, VOCABULARY}, logits(decoder, batch)));
    tensors.add(loss(decoder.lossAndGradient(batch)));
    for (TensorSpec spec : decoder.config().tensors()) {
      FloatBuffer gradient = decoder.gradients().floats(spec.name());
      tensors.add(floats("gradient." + spec.name(), spec.shape(), gradient));
    }
    SafetensorsWriter.write(folder.resolve("sample.safetensors"), tensors, Map.of("format", "pt"));
  }

  private static FloatBuffer logits(Decoder decoder, TokenBatch batch) {
    try (GradMode mode = GradMode.off();
        TensorScope scope = TensorScope.open()) {
      return Tensors.toFloats(decoder.logits(batch));
    }
  }

  private static Source loss(double sum) {
    return floats("loss", new long[0], FloatBuffer.wrap(new float[] {(float) sum}));
  }

  private static Source floats(String name, long[] shape, FloatBuffer values) {
    return new Source(name, TensorType.F32, shape, () -> MemorySegment.ofBuffer(values));
  }

  private static Source ints(String name, long[] shape, int[] values) {
    return new Source(name, TensorType.I32, shape, () -> MemorySegment.ofArray(values));
  }
}
