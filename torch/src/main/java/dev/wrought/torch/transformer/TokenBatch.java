package dev.wrought.torch.transformer;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.torch.aten.Layers;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Tokens to learn from, B sequences of T in row-major order. The arrays are the caller's and are
 * not changed; a batch is used while they hold.
 *
 * @param inputs what the model sees, B T ids
 * @param targets what comes next at each place; {@link #IGNORED} where nothing is to be learned
 * @param weights how much each place counts; absent, each counts 1
 * @param documents a number for each place; absent, a token sees all earlier ones of its sequence,
 *     present, only those with its own number
 */
@SuppressWarnings("ArrayRecordComponent") // as large as memory allows: copies would double it
public record TokenBatch(
    int sequences,
    int length,
    int[] inputs,
    int[] targets,
    Optional<float[]> weights,
    Optional<int[]> documents) {

  /** A target that has no loss. */
  public static final int IGNORED = Layers.IGNORED;

  public TokenBatch {
    int tokens = Math.multiplyExact(sequences, length);
    requireLength("inputs", inputs.length, tokens);
    requireLength("targets", targets.length, tokens);
    weights.ifPresent(w -> requireLength("weights", w.length, tokens));
    documents.ifPresent(d -> requireLength("documents", d.length, tokens));
  }

  /** A batch in which every place counts and sees all before it. */
  public static TokenBatch of(int sequences, int length, int[] inputs, int[] targets) {
    return new TokenBatch(sequences, length, inputs, targets, Optional.empty(), Optional.empty());
  }

  private static void requireLength(String what, int actual, int expected) {
    if (actual != expected || expected < 1) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT,
          "a batch has %d %s for %d tokens".formatted(actual, what, expected));
    }
  }

  /** The sequences in shares that are as equal as can be: as many as asked for, or as sequences. */
  public List<TokenBatch> split(int shares) {
    int count = Math.min(shares, sequences);
    return IntStream.range(0, count)
        .mapToObj(i -> rows(sequences * i / count, sequences * (i + 1) / count))
        .toList();
  }

  private TokenBatch rows(int first, int end) {
    int from = first * length;
    int to = end * length;
    return new TokenBatch(
        end - first,
        length,
        Arrays.copyOfRange(inputs, from, to),
        Arrays.copyOfRange(targets, from, to),
        weights.map(w -> Arrays.copyOfRange(w, from, to)),
        documents.map(d -> Arrays.copyOfRange(d, from, to)));
  }

  /** B T. */
  public int tokens() {
    return sequences * length;
  }

  /** The sum of the weights of the places that are learned from, by which a loss is divided. */
  public double weight() {
    if (weights.isEmpty()) {
      return Arrays.stream(targets).filter(target -> target != IGNORED).count();
    }
    double sum = 0;
    for (float weight : effectiveWeights()) {
      sum += weight;
    }
    return sum;
  }

  /** The targets with an id everywhere, to be used with {@link #effectiveWeights}. */
  int[] safeTargets() {
    int[] safe = targets.clone();
    for (int i = 0; i < safe.length; i++) {
      safe[i] = safe[i] == IGNORED ? 0 : safe[i];
    }
    return safe;
  }

  /** The weights, 0 where the target is ignored. */
  float[] effectiveWeights() {
    float[] effective = new float[targets.length];
    for (int i = 0; i < effective.length; i++) {
      float weight = weights.isPresent() ? weights.get()[i] : 1;
      effective[i] = targets[i] == IGNORED ? 0 : weight;
    }
    return effective;
  }
}
