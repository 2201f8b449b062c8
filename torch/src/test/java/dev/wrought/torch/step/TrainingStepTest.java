package dev.wrought.torch.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import dev.wrought.core.model.ModelConfig;
import dev.wrought.core.model.ModelOverrides;
import dev.wrought.core.model.Presets;
import dev.wrought.torch.aten.Libtorch;
import dev.wrought.torch.aten.ScalarType;
import dev.wrought.torch.optim.AdamW;
import dev.wrought.torch.transformer.Decoder;
import dev.wrought.torch.transformer.Parameters;
import dev.wrought.torch.transformer.TokenBatch;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingStepTest {

  @BeforeAll
  static void oneThread() {
    Libtorch.start(1);
  }

  @ParameterizedTest
  @CsvSource({"gpt2, FLOAT32", "llama, FLOAT32", "gpt2, BFLOAT16", "llama, BFLOAT16"})
  void apply_oneBatchAgainAndAgain_isLearntByHeart(String preset, ScalarType type) {
    ModelConfig config = tiny(preset);
    TokenBatch batch = random(4, 16, config.vocabularySize(), 5);
    try (Parameters parameters = Parameters.initialise(config, 1, type, Device.cpu());
        Decoder decoder = new Decoder(config, parameters);
        AdamW adamW = new AdamW(parameters, AdamW.Settings.LLAMA)) {
      TrainingStep step = new TrainingStep(decoder, adamW, 1.0);
      double first = 0;
      double last = 0;
      for (int i = 0; i < 150; i++) {
        step.accumulate(batch);
        StepResult result = step.apply(1e-2);
        assertTrue(result.applied());
        last = result.loss();
        first = i == 0 ? last : first;
      }
      assertEquals(Math.log(config.vocabularySize()), first, 0.2);
      assertTrue(last < 0.05, "loss after 150 steps: " + last);
    }
  }

  static ModelConfig tiny(String preset) {
    return Presets.named(preset)
        .resolve(
            new ModelOverrides(
                OptionalInt.of(32),
                OptionalInt.of(2),
                OptionalInt.of(48),
                OptionalInt.of(4),
                preset.equals("llama") ? OptionalInt.of(2) : OptionalInt.empty(),
                OptionalInt.of(100),
                Optional.empty(),
                OptionalDouble.empty()),
            67);
  }

  static TokenBatch random(int sequences, int length, int vocabulary, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] inputs = random.ints((long) sequences * length, 0, vocabulary).toArray();
    int[] targets = random.ints((long) sequences * length, 0, vocabulary).toArray();
    return TokenBatch.of(sequences, length, inputs, targets);
  }
}
