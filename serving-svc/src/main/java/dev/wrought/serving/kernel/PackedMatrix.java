package dev.wrought.serving.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The weights and biases of a linear layer, laid out for the multiply kernel: panels of 64 outputs,
 * {@code [outputs/64][inputs][64]} floats. One step of the kernel reads the 64 weights of one input
 * as four vectors and needs no sum across lanes. Missing outputs of the last panel are zero, absent
 * biases too.
 *
 * <p>Off heap, owned by the arena it was allocated in. Filled by its loader, then read-only.
 */
public final class PackedMatrix {
  /** Outputs in a panel: four vectors of 512 bits. */
  public static final int PANEL = 64;

  /** Bytes of one input's weights in a panel. */
  static final long LINE_BYTES = PANEL * (long) Float.BYTES;

  private static final long CACHE_LINE = 64;

  private final MemorySegment weights;
  private final MemorySegment biases;
  private final int outputs;
  private final int inputs;

  private PackedMatrix(MemorySegment weights, MemorySegment biases, int outputs, int inputs) {
    this.weights = weights;
    this.biases = biases;
    this.outputs = outputs;
    this.inputs = inputs;
  }

  /** A matrix of zeros. */
  public static PackedMatrix allocate(Arena arena, int outputs, int inputs) {
    return new PackedMatrix(
        arena.allocate(LINE_BYTES * panels(outputs) * inputs, CACHE_LINE),
        arena.allocate(LINE_BYTES * panels(outputs), CACHE_LINE),
        outputs,
        inputs);
  }

  /** The memory that such a matrix takes. */
  public static long sizeBytes(int outputs, int inputs) {
    return LINE_BYTES * panels(outputs) * (inputs + 1L);
  }

  private static int panels(int outputs) {
    return Math.ceilDiv(outputs, PANEL);
  }

  public int outputs() {
    return outputs;
  }

  public int inputs() {
    return inputs;
  }

  /** How many panels there are. */
  public int panels() {
    return panels(outputs);
  }

  public float weight(int output, int input) {
    return weights.get(ValueLayout.JAVA_FLOAT, weightAt(output, input));
  }

  public void setWeight(int output, int input, float value) {
    weights.set(ValueLayout.JAVA_FLOAT, weightAt(output, input), value);
  }

  /** Sets all weights of one output. */
  public void setOutput(int output, float[] values) {
    long from = weightAt(output, 0);
    for (int k = 0; k < inputs; k++) {
      weights.set(ValueLayout.JAVA_FLOAT, from + k * LINE_BYTES, values[k]);
    }
  }

  /** Sets the weights of one input, of as many outputs as there are values. */
  public void setInput(int input, int firstOutput, float[] values) {
    for (int i = 0; i < values.length; i++) {
      setWeight(firstOutput + i, input, values[i]);
    }
  }

  public float bias(int output) {
    return biases.get(ValueLayout.JAVA_FLOAT, output * (long) Float.BYTES);
  }

  public void setBias(int output, float value) {
    biases.set(ValueLayout.JAVA_FLOAT, output * (long) Float.BYTES, value);
  }

  /** Copies all weights of one output: a row of an embedding that is tied to the logits. */
  public void copyRow(int output, float[] into, int at) {
    long from = weightAt(output, 0);
    for (int k = 0; k < inputs; k++) {
      into[at + k] = weights.get(ValueLayout.JAVA_FLOAT, from + k * LINE_BYTES);
    }
  }

  MemorySegment weights() {
    return weights;
  }

  MemorySegment biases() {
    return biases;
  }

  /** Where a panel's weights begin, in bytes. */
  long panelAt(int panel) {
    return panel * LINE_BYTES * inputs;
  }

  private long weightAt(int output, int input) {
    return panelAt(output / PANEL) + input * LINE_BYTES + (output % PANEL) * (long) Float.BYTES;
  }
}
