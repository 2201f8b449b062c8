package dev.wrought.serving.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The vector kernels against the scalar reference, over sizes that divide by nothing. The build
 * runs this class once for the processor's preferred vectors and once for 256 bits.
 */
class KernelsTest {
  private static final float EPSILON = 0x1p-23f;
  private static final Kernels REFERENCE = new ScalarKernels();
  private static final Kernels VECTOR = new VectorKernels();

  private final Arena arena = Arena.ofConfined();
  private final Random random = new Random(20_250_701);

  @AfterEach
  void close() {
    arena.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 6, 13, 207, 4098})
  void multiply_awkwardInputs_agreesWithReference(int inputs) {
    PackedMatrix matrix = matrix(70, inputs);
    for (int rows : new int[] {1, 2, 3, 4, 5, 6, 7, 13}) {
      assertProductsAgree(matrix, rows);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 6, 13, 207, 4098})
  void multiply_awkwardOutputs_agreesWithReference(int outputs) {
    assertProductsAgree(matrix(outputs, 33), 7);
  }

  @Test
  void multiply_aRowAlone_hasTheBitsOfTheRowInABatch() {
    PackedMatrix matrix = matrix(64, 207);
    Rows x = rows(13, 207);
    Rows together = Rows.allocate(13, 64);
    VECTOR.multiply(matrix, 0, x, 0, 13, together);
    for (int row = 0; row < 13; row++) {
      Rows alone = Rows.allocate(13, 64);
      VECTOR.multiply(matrix, 0, x, row, row + 1, alone);
      for (int n = 0; n < 64; n++) {
        assertEquals(together.values()[together.at(row) + n], alone.values()[alone.at(row) + n]);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 6, 13, 207, 4098})
  void elementwise_awkwardSizes_agreesWithReference(int n) {
    float[] other = values(n + 3, 1);
    compare(n, 8, 1e-6, (kernels, x) -> kernels.geluExact(x, 3, n));
    compare(n, 8, 1e-6, (kernels, x) -> kernels.geluTanh(x, 3, n));
    compare(n, 8, 0, (kernels, x) -> kernels.add(other, 3, x, 3, n));
    compare(2 * n, 8, 1e-6, (kernels, x) -> kernels.swiGlu(x.clone(), 3, n, x, 3));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 6, 13, 207, 4098})
  void norms_awkwardSizes_agreeWithReference(int n) {
    float[] gain = values(n, 1);
    float[] bias = values(n, 1);
    double tolerance = 4 * EPSILON * Math.sqrt(n);
    compare(n, 3, tolerance, (kernels, x) -> kernels.rmsNorm(x.clone(), 3, gain, 1e-5f, x, 3));
    compare(
        n, 3, tolerance, (kernels, x) -> kernels.layerNorm(x.clone(), 3, gain, bias, 1e-5f, x, 3));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 6, 26, 64, 206})
  void rotate_awkwardHeads_agreesWithReference(int dim) {
    RotaryTable table = new RotaryTable(10_000, dim, 3);
    table.fill(2, 299);
    compare(dim, 3, 4 * EPSILON, (kernels, x) -> kernels.rotate(x, 3, table, 2));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 6, 13, 207, 4098})
  void logSumExp_awkwardSizes_agreesWithReference(int n) {
    float[] x = values(n + 1, 10);
    double expected = REFERENCE.logSumExp(x, 1, n);
    assertEquals(expected, VECTOR.logSumExp(x, 1, n), 1e-6 * (1 + Math.abs(expected)));
    assertEquals(REFERENCE.argMax(x, 1, n), VECTOR.argMax(x, 1, n));
  }

  @Test
  void name_ofNarrowerVectors_isTheOneAskedFor() {
    String asked = System.getProperty(KernelChoice.PROPERTY, VECTOR.name());
    assertEquals(asked, VECTOR.name());
    assertEquals(asked, KernelChoice.kernels().name());
  }

  @Test
  void argMax_ofEquals_isTheFirst() {
    float[] x = new float[100];
    x[41] = 3;
    x[77] = 3;
    assertEquals(41, VECTOR.argMax(x, 0, 100));
    assertEquals(41, REFERENCE.argMax(x, 0, 100));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 6, 13, 207, 4098})
  void attend_awkwardLengths_agreesWithReference(int positions) {
    for (int dim : new int[] {4, 24, 64, 80}) {
      assertAttentionAgrees(new KeyValuePages.Shape(2, 6, 2, dim), positions);
    }
  }

  @Test
  void exponential_overItsRange_isWithinTwoUnitsInTheLastPlace() {
    for (float x = -87; x < 88; x += 0.0137f) {
      float actual = VectorMath.exp(VectorMath.broadcast(x)).lane(0);
      assertEquals(1, actual / Math.exp(x), 2 * EPSILON, "exp of " + x);
    }
  }

  @Test
  void errorFunction_overItsRange_isWithinTwoUnitsInTheLastPlace() {
    assertEquals(0.8427007929497149, ScalarKernels.erf(1), 1e-15);
    for (float x = -5; x < 5; x += 0.00037f) {
      float actual = VectorMath.erf(VectorMath.broadcast(x)).lane(0);
      double expected = ScalarKernels.erf(x);
      assertEquals(expected, actual, 2 * EPSILON * Math.abs(expected), "erf of " + x);
    }
  }

  private void assertProductsAgree(PackedMatrix matrix, int rows) {
    Rows x = rows(rows, matrix.inputs());
    Rows expected = Rows.allocate(rows, matrix.outputs());
    Rows actual = Rows.allocate(rows, matrix.outputs());
    for (int panel = 0; panel < matrix.panels(); panel++) {
      REFERENCE.multiply(matrix, panel, x, 0, rows, expected);
      VECTOR.multiply(matrix, panel, x, 0, rows, actual);
    }
    double tolerance = EPSILON * (4 + Math.sqrt(matrix.inputs())) * Math.sqrt(matrix.inputs());
    assertArrayEquals(expected.values(), actual.values(), (float) tolerance);
  }

  private void assertAttentionAgrees(KeyValuePages.Shape shape, int positions) {
    int[] pages = new int[Math.ceilDiv(positions, KeyValuePages.PAGE)];
    KeyValuePages cache = new KeyValuePages(arena, shape, pages.length);
    for (int p = 0; p < pages.length; p++) {
      pages[p] = pages.length - 1 - p;
      cache.prepare(p);
    }
    int width = shape.keyValueHeads() * shape.headDim();
    for (int i = 0; i < positions; i++) {
      int page = pages[i / KeyValuePages.PAGE];
      cache.store(1, page, i % KeyValuePages.PAGE, values(width, 1), 0, values(width, 1), 0);
    }
    Rows queries = rows(2, shape.queryHeads() * shape.headDim());
    Rows expected = Rows.allocate(2, shape.queryHeads() * shape.headDim());
    Rows actual = Rows.allocate(2, shape.queryHeads() * shape.headDim());
    Span span = new Span(pages, positions);
    for (int head = 0; head < shape.keyValueHeads(); head++) {
      REFERENCE.attend(cache, 1, span, head, queries, 1, expected);
      VECTOR.attend(cache, 1, span, head, queries, 1, actual);
    }
    double tolerance = EPSILON * (8 + Math.sqrt(positions) + Math.sqrt(shape.headDim()));
    assertArrayEquals(expected.values(), actual.values(), (float) tolerance);
  }

  /** Runs both kernels on the same n values behind an offset of 3. */
  private void compare(
      int n, double range, double tolerance, BiConsumer<Kernels, float[]> computation) {
    float[] expected = values(n + 5, range);
    float[] actual = expected.clone();
    computation.accept(REFERENCE, expected);
    computation.accept(VECTOR, actual);
    for (int i = 0; i < expected.length; i++) {
      double allowed = tolerance * Math.max(1, Math.abs(expected[i]));
      assertTrue(
          Math.abs(expected[i] - actual[i]) <= allowed,
          "element %d of %d: expected %s, was %s".formatted(i, n, expected[i], actual[i]));
    }
  }

  private PackedMatrix matrix(int outputs, int inputs) {
    PackedMatrix matrix = PackedMatrix.allocate(arena, outputs, inputs);
    for (int n = 0; n < outputs; n++) {
      matrix.setBias(n, (float) random.nextGaussian());
      for (int k = 0; k < inputs; k++) {
        matrix.setWeight(n, k, (float) random.nextGaussian());
      }
    }
    return matrix;
  }

  private Rows rows(int count, int width) {
    Rows rows = Rows.allocate(count, width);
    for (int row = 0; row < count; row++) {
      System.arraycopy(values(width, 1), 0, rows.values(), rows.at(row), width);
    }
    return rows;
  }

  private float[] values(int n, double range) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) (random.nextGaussian() * range / 2);
    }
    return values;
  }
}
