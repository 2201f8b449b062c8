package dev.wrought.trainer.loader;

import dev.wrought.trainer.objective.Sequence;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Sequences that are computed at once. Row-major [B,T] with B = {@code sequences}.
 *
 * @param inputs token ids
 * @param targets token ids, or {@link Sequence#IGNORED}
 * @param documents a number for each place, the same for all tokens of a document: a token sees
 *     only its own document; absent, it sees all before it
 */
@SuppressWarnings("ArrayRecordComponent") // made by the million, never compared
public record MicroBatch(
    int sequences, int contextLength, int[] inputs, int[] targets, Optional<int[]> documents) {

  /**
   * Stacks sequences of one length.
   *
   * @param separator the token that ends a document, where a token is to see no document but its
   *     own
   */
  static MicroBatch of(List<Sequence> sequences, OptionalInt separator) {
    int length = sequences.getFirst().inputs().length;
    int[] inputs = new int[sequences.size() * length];
    int[] targets = new int[inputs.length];
    for (int row = 0; row < sequences.size(); row++) {
      System.arraycopy(sequences.get(row).inputs(), 0, inputs, row * length, length);
      System.arraycopy(sequences.get(row).targets(), 0, targets, row * length, length);
    }
    return new MicroBatch(
        sequences.size(), length, inputs, targets, documents(inputs, length, separator));
  }

  /** Absent where no sequence holds more than one document: then there is nothing to mask. */
  private static Optional<int[]> documents(int[] inputs, int length, OptionalInt separator) {
    if (separator.isEmpty()) {
      return Optional.empty();
    }
    int[] documents = new int[inputs.length];
    for (int i = 1; i < inputs.length; i++) {
      boolean sameRow = i % length != 0;
      boolean after = inputs[i - 1] == separator.getAsInt();
      documents[i] = !sameRow ? 0 : documents[i - 1] + (after ? 1 : 0);
    }
    return Arrays.stream(documents).anyMatch(document -> document > 0)
        ? Optional.of(documents)
        : Optional.empty();
  }

  /** How many targets count. */
  public int countedTargets() {
    return (int) Arrays.stream(targets).filter(target -> target != Sequence.IGNORED).count();
  }
}
