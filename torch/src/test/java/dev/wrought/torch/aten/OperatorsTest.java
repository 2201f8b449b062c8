package dev.wrought.torch.aten;

import static dev.wrought.torch.aten.DoubleReference.of;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.wrought.torch.aten.Layers.NormGradients;
import dev.wrought.torch.aten.Layers.Normalised;
import dev.wrought.torch.autograd.Backward;
import dev.wrought.torch.autograd.GradMode;
import dev.wrought.torch.autograd.TensorScope;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every operator against the same in double precision, and every derivative. */
class OperatorsTest {

  private final SplittableRandom random = new SplittableRandom(17);
  private TensorScope scope;

  @BeforeEach
  void open() {
    Libtorch.start(1);
    scope = TensorScope.open();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 6, 13, 207})
  void product_oddSizes_equalsTheReference(int size) {
    float[] a = random(3 * size);
    float[] b = random(size * 5);
    NDArray left = tensor(a, 3, size);
    NDArray right = tensor(b, size, 5);
    double[] expected = DoubleReference.product(of(a), of(b), 3, size, 5);
    assertClose(expected, Arithmetic.product(left, right), 1e-6 * Math.sqrt(size));
    assertClose(
        expected,
        Arithmetic.batchProduct(
            Tensors.reshape(left, new Shape(1, 3, size)),
            Tensors.reshape(right, new Shape(1, size, 5))),
        1e-6 * Math.sqrt(size));
    assertClose(
        expected,
        Layers.linear(left, Tensors.transpose(right, 0, 1), Optional.empty()),
        1e-6 * Math.sqrt(size));
  }

  @Test
  void linear_withBias_addsItToEveryRow() {
    NDArray y =
        Layers.linear(
            tensor(new float[] {1, 2, 3, 4}, 2, 2),
            tensor(new float[] {1, 0, 0, 1, 1, 1}, 3, 2),
            Optional.of(tensor(new float[] {10, 20, 30}, 3)));
    assertArrayEquals(new float[] {11, 22, 33, 13, 24, 37}, floats(y));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 6, 13, 207, 4098})
  void layerNorm_oddWidths_equalsTheReferenceAndItsDerivativeAutograd(int width) {
    float[] x = random(3 * width);
    NDArray input = tensor(x, 3, width);
    NDArray weight = tensor(random(width), width);
    NDArray bias = tensor(random(width), width);
    Normalised forward = Layers.layerNorm(input, weight, bias, 1e-5);
    assertClose(
        DoubleReference.layerNorm(of(x), of(floats(weight)), of(floats(bias)), 1e-5),
        forward.y(),
        2e-5);
    NDArray dy = tensor(random(3 * width), 3, width);
    NormGradients byHand = Layers.layerNormBackward(dy, input, forward, weight, bias);
    List<float[]> auto =
        autograd(
            List.of(input, weight, bias),
            dy,
            t -> Layers.layerNorm(t.get(0), t.get(1), t.get(2), 1e-5).y());
    assertArrayEquals(auto.get(0), floats(byHand.x()), 1e-4f);
    assertArrayEquals(auto.get(1), floats(byHand.weight()), 1e-4f);
    assertArrayEquals(auto.get(2), floats(byHand.bias()), 1e-4f);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 6, 13, 207, 4098})
  void softmax_oddWidths_equalsTheReferenceAndItsDerivativeAutograd(int width) {
    float[] x = random(3 * width);
    NDArray input = tensor(x, 3, width);
    NDArray y = Layers.softmax(input);
    assertClose(DoubleReference.softmax(of(x), width), y, 1e-6);
    NDArray dy = tensor(random(3 * width), 3, width);
    List<float[]> auto = autograd(List.of(input), dy, t -> Layers.softmax(t.getFirst()));
    assertArrayEquals(auto.getFirst(), floats(Layers.softmaxBackward(dy, y)), 1e-6f);
  }

  @Test
  void activations_andTheirDerivatives_equalTheReference() {
    float[] x = new float[81];
    for (int i = 0; i < x.length; i++) {
      x[i] = (i - 40) / 10f;
    }
    NDArray input = tensor(x, x.length);
    NDArray one = Tensors.full(new Shape(x.length), 1, ScalarType.FLOAT32, Device.cpu());
    assertClose(map(x, DoubleReference::gelu), Layers.gelu(input, false), 1e-6);
    assertClose(map(x, DoubleReference::geluTanh), Layers.gelu(input, true), 1e-6);
    assertClose(map(x, DoubleReference::silu), Layers.silu(input), 1e-6);
    assertClose(
        map(x, v -> DoubleReference.slope(DoubleReference::gelu, v)),
        Layers.geluBackward(one, input, false),
        1e-5);
    assertClose(
        map(x, v -> DoubleReference.slope(DoubleReference::geluTanh, v)),
        Layers.geluBackward(one, input, true),
        1e-5);
    assertClose(
        map(x, v -> DoubleReference.slope(DoubleReference::silu, v)),
        Layers.siluBackward(one, input),
        1e-5);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 13, 207})
  void attention_causalOrUnderTheSameMask_equalsTheReference(int length) {
    int width = 8;
    float[] q = random(length * width);
    float[] k = random(length * width);
    float[] v = random(length * width);
    double[] expected = DoubleReference.causalAttention(of(q), of(k), of(v), length, width);
    NDArray queries = head(q, length, width);
    NDArray keys = head(k, length, width);
    NDArray values = head(v, length, width);
    assertClose(expected, Layers.attention(queries, keys, values, Optional.empty()), 1e-5);
    float[] mask = new float[length * length];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = i % length > i / length ? Float.NEGATIVE_INFINITY : 0;
    }
    assertClose(
        expected,
        Layers.attention(queries, keys, values, Optional.of(head(mask, length, length))),
        1e-5);
  }

  @Test
  void attention_grouped_sharesKeysAmongNeighbours() {
    NDArray q = tensor(random(4 * 5 * 8), 1, 4, 5, 8);
    NDArray k = tensor(random(2 * 5 * 8), 1, 2, 5, 8);
    NDArray v = tensor(random(2 * 5 * 8), 1, 2, 5, 8);
    float[] grouped = floats(Layers.attention(q, k, v, Optional.empty()));
    for (int head = 0; head < 4; head++) {
      NDArray alone =
          Layers.attention(
              Tensors.narrow(q, 1, head, 1),
              Tensors.narrow(k, 1, head / 2, 1),
              Tensors.narrow(v, 1, head / 2, 1),
              Optional.empty());
      assertArrayEquals(
          Arrays.copyOfRange(grouped, head * 40, head * 40 + 40), floats(alone), 1e-6f);
    }
  }

  private static NDArray head(float[] values, int length, int width) {
    return tensor(values, 1, 1, length, width);
  }

  @Test
  void embedding_andItsDerivative_pickAndAddRows() {
    NDArray table = tensor(new float[] {1, 2, 3, 4, 5, 6}, 3, 2);
    NDArray ids = Tensors.ofInts(new int[] {2, 0, 2}, new Shape(3), Device.cpu());
    assertArrayEquals(new float[] {5, 6, 1, 2, 5, 6}, floats(Layers.embedding(table, ids)));
    NDArray dy = tensor(new float[] {1, 10, 2, 20, 4, 40}, 3, 2);
    assertArrayEquals(
        new float[] {2, 20, 0, 0, 5, 50}, floats(Layers.embeddingBackward(dy, ids, 3)));
  }

  @Test
  void crossEntropy_ofTargets_isTheirNegativeLogLikelihood() {
    float[] logits = random(3 * 5);
    double[] p = DoubleReference.softmax(of(logits), 5);
    NDArray losses =
        Layers.crossEntropy(
            tensor(logits, 3, 5),
            Tensors.ofInts(new int[] {4, Layers.IGNORED, 0}, new Shape(3), Device.cpu()));
    assertClose(new double[] {-Math.log(p[4]), 0, -Math.log(p[10])}, losses, 1e-6);
  }

  @Test
  void arithmetic_elementByElement_isWhatItSays() {
    NDArray a = tensor(new float[] {1, 2, 3, 4}, 2, 2);
    NDArray b = tensor(new float[] {10, 20}, 2);
    assertArrayEquals(new float[] {11, 22, 13, 24}, floats(Arithmetic.add(a, b)));
    assertArrayEquals(new float[] {1.5f, 2.5f, 3.5f, 4.5f}, floats(Arithmetic.add(a, 0.5)));
    assertArrayEquals(new float[] {10, 40, 30, 80}, floats(Arithmetic.multiply(a, b)));
    assertArrayEquals(new float[] {2, 4, 6, 8}, floats(Arithmetic.multiply(a, 2)));
    assertArrayEquals(new float[] {4, 6}, floats(Arithmetic.sum(a, 0)));
    assertArrayEquals(new float[] {3, 7}, floats(Arithmetic.rowSums(a)));
    assertEquals(10, Tensors.item(Arithmetic.sum(a)));
    assertClose(new double[] {Math.sqrt(5), 5}, Arithmetic.rowNorms(a), 1e-6);
    assertClose(
        new double[] {1, 1 / Math.sqrt(2), 1 / Math.sqrt(3), 0.5}, Arithmetic.rsqrt(a), 1e-6);
    assertClose(new double[] {0, Math.log(2), Math.log(3), Math.log(4)}, Arithmetic.log(a), 1e-6);
    assertArrayEquals(new float[] {2, 4}, floats(Arithmetic.rowMaxima(a)));
    Arithmetic.addProductInPlace(a, b, b);
    assertArrayEquals(new float[] {101, 402, 103, 404}, floats(a));
    Arithmetic.subtractProductInPlace(a, b, b);
    Arithmetic.multiplyInPlace(a, 10);
    Arithmetic.multiplyInPlace(a, b);
    Arithmetic.addInPlace(a, b);
    assertArrayEquals(new float[] {110, 420, 310, 820}, floats(a));
  }

  @Test
  void tensors_viewsAndCopies_areWhatTheySay() {
    NDArray a = tensor(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
    NDArray column = Tensors.narrow(a, 1, 1, 1);
    assertArrayEquals(new float[] {2, 5}, floats(column));
    Tensors.zero(column);
    assertArrayEquals(new float[] {1, 0, 3, 4, 0, 6}, floats(a), 0, "a view shares memory");
    assertArrayEquals(new float[] {1, 4, 0, 0, 3, 6}, floats(Tensors.transpose(a, 0, 1)));
    Tensors.copy(column, tensor(new float[] {8, 9}, 2, 1));
    assertArrayEquals(new float[] {1, 8, 3, 4, 9, 6}, floats(a));
    assertArrayEquals(
        new float[] {1, 8, 3, 8, 4, 9, 6, 9}, floats(Tensors.concatenate(List.of(a, column), 1)));
    NDArray ids = Tensors.ofInts(new int[] {2, 0}, new Shape(2, 1), Device.cpu());
    assertArrayEquals(new float[] {3, 4}, floats(Tensors.gather(a, 1, ids)));
    Tensors.scatterAdd(a, 1, ids, column);
    assertArrayEquals(new float[] {1, 8, 11, 13, 9, 6}, floats(a));
    NDArray same = Tensors.equal(a, tensor(new float[] {1, 9, 11}, 3));
    assertArrayEquals(
        new float[] {1, 0, 11, 0, 9, 0},
        floats(
            Tensors.where(
                same, a, Tensors.full(new Shape(), 0, ScalarType.FLOAT32, Device.cpu()))));
  }

  @Test
  void convert_toBfloat16AndBack_keepsEightBits() {
    NDArray a = tensor(new float[] {1, 1.00390625f, 3.14159265f}, 3);
    NDArray half = Tensors.convert(a, ScalarType.BFLOAT16);
    assertEquals(ScalarType.BFLOAT16, Tensors.type(half));
    assertArrayEquals(new float[] {1, 1, 3.140625f}, floats(half));
    assertTrue(Tensors.as(half, ScalarType.BFLOAT16) == half, "no copy without need");
    NDArray ones = Tensors.full(new Shape(2), 1, ScalarType.BFLOAT16, Device.cpu());
    assertArrayEquals(new float[] {1, 1}, floats(ones));
  }

  @Test
  void adamW_fused_equalsTheFormulaAndChangesTheWeights() {
    float[] weights = random(207);
    float[] gradients = random(207);
    NDArray w = tensor(weights, 207);
    NDArray g = tensor(gradients, 207);
    NDArray m = Tensors.zeros(new Shape(207), ScalarType.FLOAT32, Device.cpu());
    NDArray v = Tensors.zeros(new Shape(207), ScalarType.FLOAT32, Device.cpu());
    Updates.Moments constants = new Updates.Moments(0.9, 0.95, 1e-8);
    double[] expected = of(weights);
    double[] mean = new double[207];
    double[] square = new double[207];
    for (int t = 1; t <= 3; t++) {
      NDArray g2 = tensor(gradients, 207);
      Updates.adamW(w, g2, m, v, new Updates.Step(t, 1e-2, 0.1, Tensors.scalar(4)), constants);
      for (int i = 0; i < 207; i++) {
        double gradient = gradients[i] / 4;
        mean[i] = 0.9 * mean[i] + 0.1 * gradient;
        square[i] = 0.95 * square[i] + 0.05 * gradient * gradient;
        expected[i] *= 1 - 1e-2 * 0.1;
        expected[i] -=
            1e-2
                * (mean[i] / (1 - Math.pow(0.9, t)))
                / (Math.sqrt(square[i] / (1 - Math.pow(0.95, t))) + 1e-8);
      }
    }
    assertClose(expected, w, 1e-5);
    assertClose(mean, m, 1e-6);
    double norm = Math.sqrt(Arrays.stream(of(gradients)).map(x -> x * x).sum());
    assertEquals(norm, Updates.norm(g), 1e-5 * norm);
  }

  private interface Function {
    NDArray apply(List<NDArray> inputs);
  }

  /** The gradients of sum(f dy) by each input. */
  private static List<float[]> autograd(List<NDArray> inputs, NDArray dy, Function f) {
    try (GradMode mode = GradMode.on();
        TensorScope inner = TensorScope.open()) {
      List<NDArray> leaves = inputs.stream().map(t -> t.duplicate()).toList();
      leaves.forEach(Backward::track);
      Backward.from(Arithmetic.sum(Arithmetic.multiply(f.apply(leaves), dy)));
      return leaves.stream().map(leaf -> floats(Backward.gradient(leaf))).toList();
    }
  }

  private float[] random(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static double[] map(float[] x, DoubleUnaryOperator f) {
    return DoubleReference.map(of(x), f);
  }

  private static NDArray tensor(float[] values, long... shape) {
    return Tensors.ofFloats(values, new Shape(shape), Device.cpu());
  }

  private static float[] floats(NDArray tensor) {
    FloatBuffer buffer = Tensors.toFloats(tensor);
    float[] values = new float[buffer.remaining()];
    buffer.get(values);
    return values;
  }

  private static void assertClose(double[] expected, NDArray actual, double tolerance) {
    assertArrayEquals(
        Arrays.stream(expected).toArray(), of(floats(actual)), tolerance * (1 + max(expected)));
  }

  private static double max(double[] values) {
    return Arrays.stream(values).map(Math::abs).max().orElse(0);
  }
}
