package dev.wrought.torch.transformer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.wrought.core.model.ModelConfig;
import dev.wrought.core.model.TensorSpec;
import dev.wrought.torch.aten.Arithmetic;
import dev.wrought.torch.aten.Layers;
import dev.wrought.torch.aten.Libtorch;
import dev.wrought.torch.aten.ScalarType;
import dev.wrought.torch.aten.Tensors;
import dev.wrought.torch.autograd.Backward;
import dev.wrought.torch.autograd.GradMode;
import dev.wrought.torch.autograd.TensorScope;
import java.nio.FloatBuffer;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The backward by hand against libtorch's autograd, and against finite differences. */
class DecoderGradientTest {

  private static final long SEED = 11;

  @BeforeAll
  static void oneThread() {
    Libtorch.start(1);
  }

  @ParameterizedTest
  @CsvSource({
    "gpt2, 3, 19",
    "gpt2-exact-untied, 2, 150",
    "llama, 3, 19",
    "llama, 2, 150",
    "llama, 4, 135",
    "llama-multi-query-untied, 1, 1",
    "llama-multi-query-untied, 2, 129",
    "llama-biases, 2, 128"
  })
  void lossAndGradient_byHand_equalsAutograd(String model, int sequences, int length) {
    ModelConfig config = TinyModels.named(model);
    TokenBatch batch = awkwardBatch(sequences, length);
    try (Parameters parameters = parameters(config);
        Decoder decoder = new Decoder(config, parameters)) {
      double loss = decoder.lossAndGradient(batch);
      Reference reference = autograd(config, parameters, batch);
      assertEquals(reference.loss(), loss, 1e-4 * Math.abs(reference.loss()));
      for (TensorSpec spec : config.tensors()) {
        assertClose(
            parameters.part(spec.name()).floats(reference.gradients()),
            decoder.gradients().floats(spec.name()),
            spec.name());
      }
      reference.gradients().close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt2-exact-untied", "llama"})
  void lossAndGradient_byHand_equalsFiniteDifferences(String model) {
    ModelConfig config = TinyModels.named(model);
    TokenBatch batch = awkwardBatch(3, 19);
    SplittableRandom random = new SplittableRandom(SEED);
    try (Parameters parameters = parameters(config);
        Decoder decoder = new Decoder(config, parameters)) {
      decoder.lossAndGradient(batch);
      for (TensorSpec spec : config.tensors()) {
        float[] direction = new float[(int) spec.elements()];
        double along = 0;
        FloatBuffer gradient = decoder.gradients().floats(spec.name());
        for (int i = 0; i < direction.length; i++) {
          direction[i] = random.nextBoolean() ? 1 : -1;
          along += direction[i] * gradient.get(i);
        }
        double step = 2e-3;
        double difference =
            (lossAt(decoder, spec, direction, step, batch)
                    - lossAt(decoder, spec, direction, -step, batch))
                / (2 * step);
        double scale = Math.max(1, norm(gradient));
        assertEquals(difference, along, 0.03 * scale, model + " " + spec.name());
      }
    }
  }

  private static double lossAt(
      Decoder decoder, TensorSpec spec, float[] direction, double step, TokenBatch batch) {
    Parameters parameters = decoder.parameters();
    FloatBuffer before = parameters.floats(spec.name());
    FloatBuffer moved = FloatBuffer.allocate(before.remaining());
    for (int i = 0; i < direction.length; i++) {
      moved.put(i, (float) (before.get(i) + step * direction[i]));
    }
    parameters.load(spec.name(), moved);
    double loss = decoder.loss(batch);
    parameters.load(spec.name(), before);
    return loss;
  }

  private record Reference(double loss, NDArray gradients) {}

  /** The same forward, recorded by autograd from the flat weights on. */
  private static Reference autograd(ModelConfig config, Parameters parameters, TokenBatch batch) {
    try (GradMode mode = GradMode.on();
        TensorScope scope = TensorScope.open()) {
      Backward.track(parameters.masters());
      try (Decoder decoder = new Decoder(config, parameters)) {
        NDArray logits = decoder.logits(batch);
        NDArray losses =
            Layers.crossEntropy(
                Tensors.reshape(logits, new Shape(batch.tokens(), TinyModels.VOCABULARY)),
                Tensors.ofInts(batch.targets(), new Shape(batch.tokens()), Device.cpu()));
        NDArray weights =
            Tensors.ofFloats(batch.effectiveWeights(), new Shape(batch.tokens()), Device.cpu());
        NDArray loss = Arithmetic.sum(Arithmetic.multiply(losses, weights));
        Backward.from(loss);
        NDArray gradients = Backward.gradient(parameters.masters());
        gradients.detach();
        return new Reference(Tensors.item(Tensors.detach(loss)), gradients);
      }
    }
  }

  /** Documents, ignored targets, weights, and a number of tokens that no chunk divides. */
  private static TokenBatch awkwardBatch(int sequences, int length) {
    TokenBatch plain = TinyModels.tokens(sequences, length, SEED);
    int[] targets = plain.targets().clone();
    float[] weights = new float[targets.length];
    int[] documents = new int[targets.length];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = i % 7 == 3 ? TokenBatch.IGNORED : targets[i];
      weights[i] = 0.5f + i % 3;
      documents[i] = i / 8;
    }
    return new TokenBatch(
        sequences, length, plain.inputs(), targets, Optional.of(weights), Optional.of(documents));
  }

  private static Parameters parameters(ModelConfig config) {
    return Parameters.initialise(config, SEED, ScalarType.FLOAT32, Device.cpu());
  }

  private static void assertClose(FloatBuffer expected, FloatBuffer actual, String name) {
    double error = 0;
    for (int i = 0; i < expected.remaining(); i++) {
      double difference = expected.get(i) - actual.get(i);
      error += difference * difference;
    }
    double norm = norm(expected);
    assertTrue(
        Math.sqrt(error) <= 1e-5 * norm + 1e-6,
        "%s: error %g of %g".formatted(name, Math.sqrt(error), norm));
  }

  private static double norm(FloatBuffer values) {
    double sum = 0;
    for (int i = 0; i < values.remaining(); i++) {
      sum += (double) values.get(i) * values.get(i);
    }
    return Math.sqrt(sum);
  }
}
