package dev.wrought.torch.transformer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.model.ModelConfig;
import dev.wrought.torch.aten.Libtorch;
import dev.wrought.torch.aten.ScalarType;
import dev.wrought.torch.aten.Tensors;
import dev.wrought.torch.autograd.GradMode;
import dev.wrought.torch.autograd.TensorScope;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecoderTest {

  private static final int T = TinyModels.CONTEXT; // two strips of attention
  private static final int V = TinyModels.VOCABULARY;

  @BeforeAll
  static void oneThread() {
    Libtorch.start(1);
  }

  @ParameterizedTest
  @CsvSource({"gpt2, FLOAT32", "llama, FLOAT32", "gpt2, BFLOAT16", "llama, BFLOAT16"})
  void logits_laterTokenChanges_earlierOnesAreBitEqual(String model, ScalarType type) {
    TokenBatch batch = TinyModels.tokens(2, T, 3);
    float[] before = logits(model, type, batch);
    for (int changed : new int[] {1, 7, 127, 128, T - 1}) {
      int[] inputs = batch.inputs().clone();
      inputs[changed] = (inputs[changed] + 1) % V;
      float[] after = logits(model, type, TokenBatch.of(2, T, inputs, batch.targets()));
      assertArrayEquals(Arrays.copyOf(before, changed * V), Arrays.copyOf(after, changed * V));
      assertFalse(
          Arrays.equals(
              Arrays.copyOfRange(before, changed * V, T * V),
              Arrays.copyOfRange(after, changed * V, T * V)));
      assertArrayEquals(
          Arrays.copyOfRange(before, T * V, 2 * T * V),
          Arrays.copyOfRange(after, T * V, 2 * T * V));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt2", "llama"})
  void logits_anotherDocumentChanges_areBitEqual(String model) {
    TokenBatch plain = TinyModels.tokens(1, T, 4);
    int[] documents = new int[T];
    Arrays.fill(documents, 10, T, 1);
    int[] inputs = plain.inputs().clone();
    inputs[3] = (inputs[3] + 1) % V;
    float[] before = logits(model, ScalarType.FLOAT32, packed(plain.inputs(), plain, documents));
    float[] after = logits(model, ScalarType.FLOAT32, packed(inputs, plain, documents));
    assertArrayEquals(
        Arrays.copyOfRange(before, 10 * V, T * V), Arrays.copyOfRange(after, 10 * V, T * V));
    float[] leaking =
        logits(model, ScalarType.FLOAT32, TokenBatch.of(1, T, inputs, plain.targets()));
    assertFalse(
        Arrays.equals(
            Arrays.copyOfRange(before, 10 * V, T * V), Arrays.copyOfRange(leaking, 10 * V, T * V)));
  }

  @Test
  void logits_ofLlamaDocuments_areThoseOfTheDocumentAlone() {
    TokenBatch plain = TinyModels.tokens(1, T, 4);
    int[] documents = new int[T];
    Arrays.fill(documents, 10, T, 1);
    float[] packed = logits("llama", ScalarType.FLOAT32, packed(plain.inputs(), plain, documents));
    int[] second = Arrays.copyOfRange(plain.inputs(), 10, T);
    float[] alone = logits("llama", ScalarType.FLOAT32, TokenBatch.of(1, T - 10, second, second));
    for (int i = 0; i < alone.length; i++) {
      assertEquals(alone[i], packed[10 * V + i], 1e-4, "rotary positions are relative");
    }
  }

  @Test
  void loss_uniformModel_isTheLogarithmOfTheVocabulary() {
    ModelConfig config = TinyModels.named("gpt2-exact-untied");
    TokenBatch batch = TinyModels.tokens(2, T, 5);
    try (Parameters parameters = parameters(config, ScalarType.FLOAT32);
        Decoder decoder = new Decoder(config, parameters)) {
      parameters.load("lm_head.weight", FloatBuffer.allocate(V * config.width()));
      assertEquals(Math.log(V) * batch.weight(), decoder.loss(batch), 1e-3);
      assertEquals(Math.log(V) * batch.weight(), decoder.lossAndGradient(batch), 1e-3);
    }
  }

  @Test
  void initialise_sameSeed_givesTheSameNumbers() {
    ModelConfig config = TinyModels.named("llama");
    try (Parameters a = parameters(config, ScalarType.FLOAT32);
        Parameters b = parameters(config, ScalarType.BFLOAT16)) {
      String out = "model.layers.1.mlp.down_proj.weight";
      assertEquals(a.floats(out), b.floats(out));
      double residual = deviation(a.floats(out));
      double plain = deviation(a.floats("model.layers.1.mlp.gate_proj.weight"));
      assertEquals(0.08, plain, 0.005);
      assertEquals(0.08 / 2, residual, 0.0025, "scaled by the root of twice two layers");
      assertEquals(1f, a.floats("model.norm.weight").get(0));
    }
  }

  @Test
  void logits_tooLongOrUnknownToken_areRefused() {
    TokenBatch tooLong = TinyModels.tokens(1, T + 1, 6);
    WroughtException e =
        assertThrows(WroughtException.class, () -> logits("llama", ScalarType.FLOAT32, tooLong));
    assertEquals(ErrorCode.INVALID_ARGUMENT, e.code());
    TokenBatch stranger = TokenBatch.of(1, 1, new int[] {V}, new int[] {0});
    e = assertThrows(WroughtException.class, () -> logits("gpt2", ScalarType.FLOAT32, stranger));
    assertTrue(e.getMessage().contains("token 67"), e.getMessage());
  }

  private static TokenBatch packed(int[] inputs, TokenBatch plain, int[] documents) {
    return new TokenBatch(1, T, inputs, plain.targets(), Optional.empty(), Optional.of(documents));
  }

  private static Parameters parameters(ModelConfig config, ScalarType type) {
    return Parameters.initialise(config, 1, type, Device.cpu());
  }

  private static float[] logits(String model, ScalarType type, TokenBatch batch) {
    ModelConfig config = TinyModels.named(model);
    try (Parameters parameters = parameters(config, type);
        Decoder decoder = new Decoder(config, parameters);
        GradMode mode = GradMode.off();
        TensorScope scope = TensorScope.open()) {
      FloatBuffer floats = Tensors.toFloats(decoder.logits(batch));
      float[] values = new float[floats.remaining()];
      floats.get(values);
      return values;
    }
  }

  private static double deviation(FloatBuffer values) {
    double squares = 0;
    for (int i = 0; i < values.remaining(); i++) {
      squares += (double) values.get(i) * values.get(i);
    }
    return Math.sqrt(squares / values.remaining());
  }
}
