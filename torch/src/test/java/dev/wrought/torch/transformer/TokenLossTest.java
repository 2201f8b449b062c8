package dev.wrought.torch.transformer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.wrought.torch.aten.Libtorch;
import dev.wrought.torch.aten.ScalarType;
import dev.wrought.torch.aten.Tensors;
import dev.wrought.torch.autograd.GradMode;
import dev.wrought.torch.autograd.TensorScope;
import dev.wrought.torch.transformer.TokenLoss.LossAndGradient;
import dev.wrought.torch.transformer.TokenLoss.Targets;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against the formulas in double precision, in both number formats. */
class TokenLossTest {

  @BeforeAll
  static void oneThread() {
    Libtorch.start(1);
  }

  /** The loss, and its gradients by the head and by h, in row-major order. */
  private record Result(double loss, FloatBuffer head, FloatBuffer dh) {}

  /**
   * @param head [V,C]
   * @param h [n,C]
   */
  private static Result learn(
      ScalarType type, float[][] head, float[][] h, int[] targets, float[] weights) {
    try (GradMode mode = GradMode.off();
        TensorScope scope = TensorScope.open()) {
      NDArray master = matrix(head);
      NDArray gradient = Tensors.zerosLike(master);
      TokenLoss loss = new TokenLoss(new Weight(master, Tensors.as(master, type), gradient, false));
      Shape rows = new Shape(h.length);
      LossAndGradient result =
          loss.forwardBackward(
              Tensors.as(matrix(h), type),
              new Targets(
                  Tensors.ofInts(targets, rows, Device.cpu()),
                  Tensors.ofFloats(weights, rows, Device.cpu())));
      return new Result(
          Tensors.item(result.loss()), Tensors.toFloats(gradient), Tensors.toFloats(result.dh()));
    }
  }

  private static NDArray matrix(float[][] rows) {
    FloatBuffer values = FloatBuffer.allocate(rows.length * rows[0].length);
    Arrays.stream(rows).forEach(values::put);
    return Tensors.ofFloats(values.flip(), new Shape(rows.length, rows[0].length), Device.cpu());
  }

  /** In bfloat16 the probability itself would be 253/256, and the gradient a sixth too large. */
  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "BFLOAT16"})
  void forwardBackward_learntTarget_hasTheGradientOfFloat32(ScalarType type) {
    float logit = 4.59375f; // has few bits: exact in both formats
    double missing = 1 / (1 + Math.exp(logit));
    Result result =
        learn(type, new float[][] {{logit}, {0}}, new float[][] {{1}}, new int[1], new float[] {1});
    assertEquals(-Math.log1p(-missing), result.loss(), 1e-6);
    double tolerance = missing / 128; // rounded once or twice to eight bits
    assertEquals(-missing, result.head().get(0), tolerance);
    assertEquals(missing, result.head().get(1), tolerance);
    assertEquals(-missing * logit, result.dh().get(0), tolerance * logit);
  }

  /** Where the target's probability is 0 in float32; the second row is ignored. */
  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "BFLOAT16"})
  void forwardBackward_logitsFarApart_staysFinite(ScalarType type) {
    Result result =
        learn(
            type,
            new float[][] {{0}, {200}},
            new float[][] {{1}, {1}},
            new int[] {0, 0},
            new float[] {1, 0});
    assertEquals(200, result.loss());
    assertEquals(-1, result.head().get(0));
    assertEquals(1, result.head().get(1));
    assertEquals(200, result.dh().get(0));
    assertEquals(0, result.dh().get(1));
  }

  /** More rows than a chunk has, and a vocabulary that no vector divides. */
  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "BFLOAT16"})
  void forwardBackward_randomRows_equalsTheFormula(ScalarType type) {
    SplittableRandom random = new SplittableRandom(23);
    int rows = 515;
    float[][] head = sixteenths(random, 67, 3);
    float[][] h = sixteenths(random, rows, 3);
    int[] targets = random.ints(rows, 0, head.length).toArray();
    float[] weights = new float[rows];
    for (int row = 0; row < rows; row++) {
      weights[row] = row % 5 == 0 ? 0 : 1;
    }
    double loss = 0;
    double[] dHead = new double[head.length * 3];
    for (int row = 0; row < rows; row++) {
      double[] p = softmax(head, h[row]);
      loss -= weights[row] * Math.log(p[targets[row]]);
      p[targets[row]]--;
      for (int i = 0; i < dHead.length; i++) {
        dHead[i] += weights[row] * p[i / 3] * h[row][i % 3];
      }
    }
    Result result = learn(type, head, h, targets, weights);
    double precision = type == ScalarType.FLOAT32 ? 1e-5 : 2e-2;
    assertEquals(loss, result.loss(), precision * loss);
    double error = 0;
    double norm = 0;
    for (int i = 0; i < dHead.length; i++) {
      error += Math.pow(dHead[i] - result.head().get(i), 2);
      norm += Math.pow(dHead[i], 2);
    }
    assertTrue(error <= precision * precision * norm, Math.sqrt(error / norm) + " off");
  }

  /** Numbers between -2 and 2 that both formats hold exactly. */
  private static float[][] sixteenths(SplittableRandom random, int rows, int columns) {
    float[][] values = new float[rows][columns];
    for (float[] row : values) {
      for (int i = 0; i < columns; i++) {
        row[i] = random.nextInt(-32, 33) / 16f;
      }
    }
    return values;
  }

  private static double[] softmax(float[][] head, float[] h) {
    double[] p = new double[head.length];
    double sum = 0;
    for (int id = 0; id < p.length; id++) {
      double logit = 0;
      for (int i = 0; i < h.length; i++) {
        logit += head[id][i] * h[i];
      }
      p[id] = Math.exp(logit);
      sum += p[id];
    }
    for (int id = 0; id < p.length; id++) {
      p[id] /= sum;
    }
    return p;
  }
}
