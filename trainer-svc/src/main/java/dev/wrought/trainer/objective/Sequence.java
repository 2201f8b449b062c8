package dev.wrought.trainer.objective;

import java.util.Arrays;

/**
 * One training sequence: at position i the model has seen {@code inputs[0..i]} and is to answer
 * {@code targets[i]}, or nothing where that is {@link #IGNORED}. Whoever gets a sequence may keep
 * the arrays; nobody changes them.
 */
@SuppressWarnings("ArrayRecordComponent") // millions are made; they are never compared
public record Sequence(int[] inputs, int[] targets) {
  /** A target that does not count; PyTorch's own choice for cross-entropy. */
  public static final int IGNORED = -100;

  public Sequence {
    if (inputs.length != targets.length) {
      throw new IllegalArgumentException(
          "%d inputs and %d targets".formatted(inputs.length, targets.length));
    }
  }

  /** Every token of a text but the last as input, its successor as target. */
  public static Sequence causal(int[] text) {
    int length = text.length - 1;
    return new Sequence(Arrays.copyOf(text, length), Arrays.copyOfRange(text, 1, length + 1));
  }
}
