package dev.wrought.torch.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.wrought.core.model.TensorSpec;
import dev.wrought.torch.aten.ScalarType;
import dev.wrought.torch.aten.Tensors;
import dev.wrought.torch.autograd.TensorScope;
import dev.wrought.torch.optim.Optimizer.Update;
import dev.wrought.torch.transformer.Parameters;
import dev.wrought.torch.transformer.Part;
import dev.wrought.torch.transformer.TinyModels;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the published rules, in double precision. */
class OptimizerTest {
  private static final double RATE = 1e-2;
  private static final double DIVISOR = 3;
  private static final AdamW.Settings ADAMW = new AdamW.Settings(0.9, 0.98, 1e-8, 0.1);
  private static final double MOMENTUM = 0.95;

  @ParameterizedTest
  @CsvSource({"llama, 1", "gpt2, 3", "llama-multi-query-untied, 3", "gpt2-exact-untied, 2"})
  void adamW_manySteps_followsTheRule(String model, int shares) {
    try (Parameters parameters = parameters(model);
        Optimizer optimizer = new AdamW(parameters, ADAMW)) {
      follow(optimizer, shares, 40, false);
    }
  }

  @ParameterizedTest
  @CsvSource({"llama, 1", "gpt2, 3", "llama-multi-query-untied, 3", "gpt2-exact-untied, 2"})
  void muon_someSteps_followsTheRule(String model, int shares) {
    try (Parameters parameters = parameters(model);
        Optimizer optimizer = new Muon(parameters, new Muon.Settings(MOMENTUM, ADAMW))) {
      follow(optimizer, shares, 12, true);
    }
  }

  @Test
  void muon_withoutGradients_onlyShrinksMatrices() {
    try (Parameters parameters = parameters("llama");
        Optimizer optimizer = new Muon(parameters, new Muon.Settings(MOMENTUM, ADAMW))) {
      String matrix = "model.layers.0.mlp.up_proj.weight";
      FloatBuffer before = parameters.floats(matrix);
      step(optimizer, 2, new float[Math.toIntExact(parameters.size())]);
      FloatBuffer after = parameters.floats(matrix);
      for (int i = 0; i < after.remaining(); i++) {
        assertEquals(before.get(i) * (1 - RATE * ADAMW.weightDecay()), after.get(i), 1e-7);
      }
    }
  }

  @Test
  void state_untiedMuon_hasTheHeadWithAdamW() {
    try (Parameters parameters = parameters("llama-multi-query-untied");
        Optimizer optimizer = new Muon(parameters, new Muon.Settings(MOMENTUM, ADAMW))) {
      assertEquals(
          List.of("exp_avg.lm_head.weight", "exp_avg_sq.lm_head.weight"),
          optimizer.state().stream()
              .map(Optimizer.State::name)
              .filter(name -> name.contains("lm_head"))
              .toList());
    }
  }

  @Test
  void state_muon_isOneOfMatricesAndTwoOfOthers() {
    try (Parameters parameters = parameters("llama");
        Optimizer optimizer = new Muon(parameters, new Muon.Settings(MOMENTUM, ADAMW))) {
      String kinds =
          optimizer.state().stream()
              .filter(each -> each.tensor().name().matches(".*(embed_tokens|q_proj).*"))
              .map(Optimizer.State::name)
              .sorted()
              .collect(Collectors.joining(" "));
      assertEquals(
          "exp_avg.model.embed_tokens.weight exp_avg_sq.model.embed_tokens.weight"
              + " momentum_buffer.model.layers.0.self_attn.q_proj.weight"
              + " momentum_buffer.model.layers.1.self_attn.q_proj.weight",
          kinds);
    }
  }

  private static Parameters parameters(String model) {
    return Parameters.initialise(TinyModels.named(model), 1, ScalarType.FLOAT32, Device.cpu());
  }

  /** Takes steps on gradients by chance, and compares every weight. */
  private static void follow(Optimizer optimizer, int shares, int steps, boolean muon) {
    Parameters parameters = optimizer.parameters();
    int size = Math.toIntExact(parameters.size());
    double[] weights = doubles(new Part(0, size).floats(parameters.masters()));
    double[][] remembered = new double[2][size];
    Random random = new Random(1);
    for (int step = 1; step <= steps; step++) {
      float[] gradients = new float[size];
      for (int i = 0; i < size; i++) {
        gradients[i] = (float) random.nextGaussian();
      }
      step(optimizer, shares, gradients);
      for (TensorSpec tensor : parameters.specs()) {
        Part part = parameters.part(tensor.name());
        if (muon && tensor.role().hidden()) {
          muon(tensor, Math.toIntExact(part.start()), weights, remembered[0], gradients);
        } else {
          adamW(tensor, part, step, weights, remembered, gradients);
        }
      }
    }
    FloatBuffer found = new Part(0, size).floats(parameters.masters());
    for (int i = 0; i < size; i++) {
      assertEquals(weights[i], found.get(i), 1e-4 * RATE * steps, "number " + i);
    }
  }

  private static void step(Optimizer optimizer, int shares, float[] gradients) {
    try (TensorScope scope = TensorScope.open()) {
      NDArray flat = Tensors.ofFloats(gradients, new Shape(gradients.length), Device.cpu());
      optimizer.beginStep();
      for (int share = 0; share < shares; share++) {
        optimizer.update(new Share(share, shares), new Update(flat, RATE, DIVISOR));
      }
    }
  }

  private static double[] doubles(FloatBuffer floats) {
    double[] doubles = new double[floats.remaining()];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = floats.get(i);
    }
    return doubles;
  }

  private static void adamW(
      TensorSpec tensor, Part part, int step, double[] w, double[][] moments, float[] gradients) {
    double decay = tensor.role().decays() ? ADAMW.weightDecay() : 0;
    for (int i = Math.toIntExact(part.start()); i < part.end(); i++) {
      double g = gradients[i] / DIVISOR;
      moments[0][i] += (1 - ADAMW.beta1()) * (g - moments[0][i]);
      moments[1][i] += (1 - ADAMW.beta2()) * (g * g - moments[1][i]);
      double mean = moments[0][i] / (1 - Math.pow(ADAMW.beta1(), step));
      double root = Math.sqrt(moments[1][i] / (1 - Math.pow(ADAMW.beta2(), step)));
      w[i] -= RATE * (decay * w[i] + mean / (root + ADAMW.epsilon()));
    }
  }

  private static void muon(
      TensorSpec tensor, int start, double[] w, double[] momentum, float[] gradients) {
    int rows = Math.toIntExact(tensor.dimensions().getFirst());
    int columns = Math.toIntExact(tensor.dimensions().getLast());
    double[][] x = new double[rows][columns];
    double square = 0;
    for (int i = 0; i < rows * columns; i++) {
      double g = gradients[start + i] / DIVISOR;
      momentum[start + i] += (1 - MOMENTUM) * (g - momentum[start + i]);
      double ahead = g + MOMENTUM * (momentum[start + i] - g);
      x[i / columns][i % columns] = ahead;
      square += ahead * ahead;
    }
    for (double[] row : x) {
      for (int j = 0; j < columns; j++) {
        row[j] /= Math.sqrt(square) + 1e-7;
      }
    }
    boolean tall = rows > columns;
    x = tall ? transposed(x) : x;
    for (int i = 0; i < 5; i++) {
      x = newtonSchulz(x);
    }
    x = tall ? transposed(x) : x;
    double reach = 0.2 * Math.sqrt(Math.max(rows, columns));
    for (int i = 0; i < rows * columns; i++) {
      w[start + i] -=
          RATE * (ADAMW.weightDecay() * w[start + i] + reach * x[i / columns][i % columns]);
    }
  }

  /** a X + b (X X') X + c (X X')^2 X. */
  private static double[][] newtonSchulz(double[][] x) {
    double[][] once = product(product(x, transposed(x)), x);
    double[][] twice = product(product(x, transposed(x)), once);
    double[][] result = new double[x.length][x[0].length];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < x[0].length; j++) {
        result[i][j] = 3.4445 * x[i][j] - 4.775 * once[i][j] + 2.0315 * twice[i][j];
      }
    }
    return result;
  }

  private static double[][] product(double[][] a, double[][] b) {
    double[][] product = new double[a.length][b[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int k = 0; k < b.length; k++) {
        for (int j = 0; j < b[0].length; j++) {
          product[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return product;
  }

  private static double[][] transposed(double[][] a) {
    double[][] transposed = new double[a[0].length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[0].length; j++) {
        transposed[j][i] = a[i][j];
      }
    }
    return transposed;
  }
}
