package dev.wrought.trainer.loader;

import dev.wrought.core.dataset.TokenShards;
import dev.wrought.core.dataset.WindowOrder;
import dev.wrought.core.tokenizer.SpecialToken;
import dev.wrought.core.tokenizer.Tokenizer;
import dev.wrought.trainer.objective.Sequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The first windows of a held-out split: the same ones each time, so that two measurements can be
 * compared.
 *
 * @param dataset {@code name@digest}
 * @param batches to be measured, all of one size but perhaps the last
 * @param bytes of UTF-8 text that the targets stand for: an end of text stands for none
 */
public record HeldOutData(String dataset, List<MicroBatch> batches, long bytes) {
  public HeldOutData {
    batches = List.copyOf(batches);
  }

  /**
   * Reads the windows.
   *
   * @param tokens how many to measure on at least, where the split has as many
   * @param sequences of one forward pass
   */
  public static HeldOutData read(
      String dataset, TokenShards shards, Tokenizer tokenizer, Size size) {
    long available = WindowOrder.windowsIn(shards.tokens(), size.packing().contextLength());
    long wanted = Math.ceilDiv(size.tokens(), (long) size.packing().contextLength());
    long whole = Math.ceilDiv(wanted, (long) size.sequences()) * size.sequences();
    List<Sequence> windows =
        LongStream.range(0, Math.min(available, whole))
            .mapToObj(window -> window(shards, window, size.packing().contextLength()))
            .toList();
    List<MicroBatch> batches = new ArrayList<>();
    for (int from = 0; from < windows.size(); from += size.sequences()) {
      int to = Math.min(windows.size(), from + size.sequences());
      batches.add(MicroBatch.of(windows.subList(from, to), size.packing().separator()));
    }
    return new HeldOutData(dataset, batches, bytes(windows, tokenizer));
  }

  /** How much to measure on, and in which portions. */
  public record Size(long tokens, int sequences, Packing packing) {}

  /** What several are called together: {@code name@digest and 2 more}. */
  public static String name(List<HeldOutData> several) {
    String first = several.getFirst().dataset();
    return several.size() == 1 ? first : first + " and %d more".formatted(several.size() - 1);
  }

  /** How many targets are measured. */
  public long tokens() {
    return batches.stream().mapToLong(MicroBatch::countedTargets).sum();
  }

  private static Sequence window(TokenShards shards, long window, int contextLength) {
    int[] raw = new int[contextLength + 1];
    shards.read(window * contextLength, raw);
    return Sequence.causal(raw);
  }

  private static long bytes(List<Sequence> windows, Tokenizer tokenizer) {
    int[] length = new int[tokenizer.vocabularySize()];
    Arrays.setAll(length, id -> tokenizer.bytesOf(id).length);
    for (SpecialToken special : tokenizer.specialTokens()) {
      length[special.id()] = 0;
    }
    return windows.stream()
        .flatMapToInt(window -> Arrays.stream(window.targets()))
        .mapToLong(target -> length[target])
        .sum();
  }
}
