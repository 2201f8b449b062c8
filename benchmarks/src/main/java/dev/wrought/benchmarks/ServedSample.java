package dev.wrought.benchmarks;

import ai.djl.Device;
import dev.wrought.core.checkpoint.Checkpoint;
import dev.wrought.core.checkpoint.CheckpointPublisher;
import dev.wrought.core.checkpoint.SafetensorsWriter;
import dev.wrought.core.checkpoint.SafetensorsWriter.Source;
import dev.wrought.core.checkpoint.TensorType;
import dev.wrought.core.checkpoint.TrainerState;
import dev.wrought.core.model.ModelConfig;
import dev.wrought.core.tokenizer.BpeTrainer;
import dev.wrought.core.tokenizer.Tokenizer;
import dev.wrought.core.tokenizer.TokenizerJson;
import dev.wrought.core.tokenizer.WordCounts;
import dev.wrought.torch.aten.Libtorch;
import dev.wrought.torch.aten.ScalarType;
import dev.wrought.torch.transformer.Parameters;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A checkpoint with the weights of an untrained model: what it writes is nonsense, but takes as
 * long. Its tokenizer is smaller than the model's vocabulary, which is allowed.
 */
final class ServedSample {
  private ServedSample() {}

  /** Publishes the checkpoint in an empty folder, and returns its own. */
  static Path publish(Path folder, ModelConfig config) {
    Libtorch.start(1);
    return new CheckpointPublisher(folder).publish(1, files -> write(files, config)).path();
  }

  private static void write(Path files, ModelConfig config) throws IOException {
    Path tokenizer = files.resolve(Checkpoint.TOKENIZER);
    TokenizerJson.write(tokenizer(), tokenizer);
    config.write(files.resolve(Checkpoint.CONFIGURATION));
    try (Parameters parameters =
        Parameters.initialise(config, 1, ScalarType.FLOAT32, Device.cpu())) {
      SafetensorsWriter.write(
          files.resolve(Checkpoint.WEIGHTS),
          parameters.specs().stream()
              .map(spec ->
                  new Source(
                      spec.name(),
                      TensorType.F32,
                      spec.shape(),
                      () -> MemorySegment.ofBuffer(parameters.floats(spec.name()))))
              .toList(),
          Map.of("format", "pt"));
    }
    state(TokenizerJson.read(tokenizer).digest()).write(files);
  }

  private static Tokenizer tokenizer() {
    WordCounts counts = new WordCounts();
    counts.add("the smith wrought iron with fire and a hammer".getBytes(StandardCharsets.UTF_8));
    return BpeTrainer.train(counts, 380, (merges, wanted) -> {});
  }

  private static TrainerState state(String tokenizerDigest) {
    return new TrainerState(
        "sample",
        "sample",
        1,
        1,
        1,
        0,
        0,
        1,
        0,
        OptionalDouble.of(9),
        OptionalDouble.of(9),
        OptionalDouble.empty(),
        1e-3,
        tokenizerDigest,
        List.of(),
        1,
        "any",
        true,
        1);
  }
}
