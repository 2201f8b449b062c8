package dev.wrought.trainer.loader;

import dev.wrought.trainer.objective.Sequence;
import java.util.List;

/**
 * Sequences that are computed at once. Row-major [B,T] with B = {@code sequences}.
 *
 * @param inputs token ids
 * @param targets token ids, or {@link Sequence#IGNORED}
 */
@SuppressWarnings("ArrayRecordComponent") // made by the million, never compared
public record MicroBatch(int sequences, int contextLength, int[] inputs, int[] targets) {

  static MicroBatch of(List<Sequence> sequences) {
    int length = sequences.getFirst().inputs().length;
    int[] inputs = new int[sequences.size() * length];
    int[] targets = new int[inputs.length];
    for (int row = 0; row < sequences.size(); row++) {
      System.arraycopy(sequences.get(row).inputs(), 0, inputs, row * length, length);
      System.arraycopy(sequences.get(row).targets(), 0, targets, row * length, length);
    }
    return new MicroBatch(sequences.size(), length, inputs, targets);
  }

  /** How many targets count. */
  public int countedTargets() {
    int count = 0;
    for (int target : targets) {
      count += target == Sequence.IGNORED ? 0 : 1;
    }
    return count;
  }
}
