package dev.wrought.torch.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.model.ModelConfig;
import dev.wrought.core.model.TensorSpec;
import dev.wrought.torch.aten.Libtorch;
import dev.wrought.torch.aten.ScalarType;
import dev.wrought.torch.optim.AdamW;
import dev.wrought.torch.optim.Muon;
import dev.wrought.torch.optim.Optimizer;
import dev.wrought.torch.optim.Optimizer.State;
import dev.wrought.torch.transformer.Decoder;
import dev.wrought.torch.transformer.Parameters;
import dev.wrought.torch.transformer.TinyModels;
import dev.wrought.torch.transformer.TokenBatch;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingStepTest {

  @BeforeAll
  static void allThreads() {
    Libtorch.start(Math.min(2, Runtime.getRuntime().availableProcessors()));
  }

  /** A model, its optimizer and its step, closed together. */
  private static final class Trainee implements AutoCloseable {
    final ModelConfig config;
    final Parameters parameters;
    final Decoder decoder;
    final Optimizer optimizer;
    final TrainingStep step;

    Trainee(String model, ScalarType type, double clip) {
      this(model, type, clip, "adamw");
    }

    Trainee(String model, ScalarType type, double clip, String method) {
      config = TinyModels.named(model);
      parameters = Parameters.initialise(config, 1, type, Device.cpu());
      decoder = new Decoder(config, parameters);
      optimizer =
          switch (method) {
            case "adamw" -> new AdamW(parameters, AdamW.Settings.LLAMA);
            case "muon" -> new Muon(parameters, new Muon.Settings(0.95, AdamW.Settings.LLAMA));
            default -> throw new IllegalArgumentException(method);
          };
      step = new TrainingStep(decoder, optimizer, clip);
    }

    StepResult learn(double learningRate, TokenBatch... batches) {
      for (TokenBatch batch : batches) {
        step.accumulate(batch);
      }
      return step.apply(learningRate);
    }

    List<FloatBuffer> weights() {
      return config.tensors().stream().map(t -> parameters.floats(t.name())).toList();
    }

    @Override
    public void close() {
      step.close();
      optimizer.close();
      decoder.close();
      parameters.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"gpt2, FLOAT32", "llama, FLOAT32", "gpt2, BFLOAT16", "llama, BFLOAT16"})
  void apply_oneBatchAgainAndAgain_isLearntByHeart(String model, ScalarType type) {
    TokenBatch batch = distinctStarts(TinyModels.tokens(4, 16, 5));
    try (Trainee trainee = new Trainee(model, type, 1)) {
      double first = trainee.learn(1e-2, batch).loss();
      double last = first;
      for (int i = 0; i < 90; i++) {
        last = trainee.learn(1e-2, batch).loss();
      }
      assertTrue(first > 4 && first < 5, "loss before learning: " + first);
      assertTrue(last < 0.01, "loss after 90 steps: " + last);
      assertEquals(last, trainee.step.evaluate(batch), 0.01);
    }
  }

  /** Two sequences with the same first token could not both be predicted from it. */
  private static TokenBatch distinctStarts(TokenBatch batch) {
    int[] inputs = batch.inputs().clone();
    for (int i = 0; i < batch.sequences(); i++) {
      inputs[i * batch.length()] = i;
    }
    return TokenBatch.of(batch.sequences(), batch.length(), inputs, batch.targets());
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt2", "llama"})
  void apply_microBatches_equalTheBigBatch(String model) {
    TokenBatch big = withIgnored(TinyModels.tokens(6, 16, 7));
    List<TokenBatch> small = big.split(6);
    try (Trainee whole = new Trainee(model, ScalarType.FLOAT32, 1);
        Trainee cut = new Trainee(model, ScalarType.FLOAT32, 1)) {
      StepResult of1 = whole.learn(1e-3, big);
      StepResult of6 = cut.learn(1e-3, small.toArray(TokenBatch[]::new));
      assertEquals(of1.loss(), of6.loss(), 1e-6 * of1.loss());
      assertEquals(of1.gradientNorm(), of6.gradientNorm(), 1e-5 * of1.gradientNorm());
      assertEquals(of1.weight(), of6.weight());
      assertGradientsEqual(whole, cut, big, small);
    }
  }

  /** Most of one sequence is ignored: a mean of means would not be the mean. */
  private static TokenBatch withIgnored(TokenBatch batch) {
    int[] targets = batch.targets().clone();
    Arrays.fill(targets, 1, 14, TokenBatch.IGNORED);
    return TokenBatch.of(batch.sequences(), batch.length(), batch.inputs(), targets);
  }

  private static void assertGradientsEqual(
      Trainee whole, Trainee cut, TokenBatch big, List<TokenBatch> small) {
    whole.decoder.lossAndGradient(big);
    small.forEach(cut.decoder::lossAndGradient);
    for (TensorSpec spec : whole.config.tensors()) {
      FloatBuffer a = whole.decoder.gradients().floats(spec.name());
      FloatBuffer b = cut.decoder.gradients().floats(spec.name());
      for (int i = 0; i < a.remaining(); i++) {
        assertEquals(a.get(i), b.get(i), 2e-3, spec.name());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"llama, FLOAT32, adamw", "gpt2, BFLOAT16, adamw", "gpt2, FLOAT32, muon"})
  void apply_sameSeedAndThreads_givesTheSameBits(String model, ScalarType type, String method) {
    try (Trainee a = new Trainee(model, type, 1, method);
        Trainee b = new Trainee(model, type, 1, method)) {
      for (int i = 0; i < 20; i++) {
        TokenBatch batch = TinyModels.tokens(3, 16, i);
        assertEquals(a.learn(1e-3, batch), b.learn(1e-3, batch));
      }
      assertEquals(a.weights(), b.weights());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"adamw", "muon"})
  void apply_halfResumeHalf_givesTheSameBits(String method) {
    try (Trainee through = new Trainee("llama", ScalarType.BFLOAT16, 1, method);
        Trainee before = new Trainee("llama", ScalarType.BFLOAT16, 1, method);
        Trainee after = new Trainee("llama", ScalarType.BFLOAT16, 1, method)) {
      for (int i = 0; i < 10; i++) {
        through.learn(1e-3, TinyModels.tokens(2, 16, i));
      }
      for (int i = 0; i < 5; i++) {
        before.learn(1e-3, TinyModels.tokens(2, 16, i));
      }
      resume(before, after);
      for (int i = 5; i < 10; i++) {
        after.learn(1e-3, TinyModels.tokens(2, 16, i));
      }
      assertEquals(through.weights(), after.weights());
      assertEquals(10, after.optimizer.steps());
    }
  }

  private static void resume(Trainee from, Trainee to) {
    for (TensorSpec spec : from.config.tensors()) {
      String name = spec.name();
      to.parameters.load(name, from.parameters.floats(name));
    }
    List<State> state = from.optimizer.state();
    for (int i = 0; i < state.size(); i++) {
      State each = to.optimizer.state().get(i);
      assertEquals(state.get(i).name(), each.name());
      each.load(state.get(i).floats());
    }
    to.parameters.refreshValues();
    to.optimizer.setSteps(from.optimizer.steps());
  }

  @Test
  void apply_nonFiniteGradient_changesNothing() {
    try (Trainee trainee = new Trainee("llama", ScalarType.FLOAT32, 1)) {
      float[] weights = new float[32];
      weights[5] = Float.NaN;
      TokenBatch plain = TinyModels.tokens(2, 16, 1);
      TokenBatch poisoned =
          new TokenBatch(
              2, 16, plain.inputs(), plain.targets(), Optional.of(weights), Optional.empty());
      trainee.step.accumulate(plain);
      List<FloatBuffer> before = trainee.weights();
      trainee.step.accumulate(poisoned);
      assertThrows(WroughtException.class, () -> trainee.step.apply(1e-3));
      trainee.step.discard();
      String norm = "model.norm.weight";
      FloatBuffer broken = trainee.parameters.floats(norm);
      broken.put(0, Float.POSITIVE_INFINITY);
      FloatBuffer intact = trainee.parameters.floats(norm);
      trainee.parameters.load(norm, broken);
      assertFalse(trainee.learn(1e-3, plain).applied());
      trainee.parameters.load(norm, intact);
      assertEquals(before, trainee.weights());
      assertEquals(0, trainee.optimizer.steps());
      assertTrue(trainee.learn(1e-3, plain).applied(), "nothing of it is left");
      assertNotEquals(before, trainee.weights());
    }
  }

  @Test
  void apply_clip_boundsTheGradientsLength() {
    TokenBatch batch = TinyModels.tokens(2, 16, 1);
    try (Trainee loose = new Trainee("gpt2", ScalarType.FLOAT32, Double.POSITIVE_INFINITY);
        Trainee tight = new Trainee("gpt2", ScalarType.FLOAT32, 1e-3)) {
      StepResult free = loose.learn(1e-3, batch);
      StepResult clipped = tight.learn(1e-3, batch);
      assertEquals(free.gradientNorm(), clipped.gradientNorm(), "reported before clipping");
      assertEquals(0.1 * free.gradientNorm(), meanNorm(loose), 1e-5 * free.gradientNorm());
      assertEquals(0.1 * 1e-3, meanNorm(tight), 1e-8);
    }
  }

  /** After one step the mean is a tenth of the gradient that was applied. */
  private static double meanNorm(Trainee trainee) {
    double sum = 0;
    for (State each : trainee.optimizer.state()) {
      FloatBuffer mean = each.floats();
      for (int i = 0; each.kind().equals("exp_avg") && i < mean.remaining(); i++) {
        sum += (double) mean.get(i) * mean.get(i);
      }
    }
    return Math.sqrt(sum);
  }
}
