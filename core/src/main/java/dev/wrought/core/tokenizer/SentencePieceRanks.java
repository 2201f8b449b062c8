package dev.wrought.core.tokenizer;

import java.util.Comparator;
import java.util.stream.IntStream;

/** The order in which SentencePiece merges: the piece with the highest score first. */
final class SentencePieceRanks {
  private SentencePieceRanks() {}

  /** By id the rank of a piece, from 0; pieces with equal scores have equal ranks. */
  static int[] of(float[] scores) {
    int[] order =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer id) -> scores[id]).reversed())
            .mapToInt(Integer::intValue)
            .toArray();
    int[] ranks = new int[scores.length];
    for (int i = 1; i < order.length; i++) {
      boolean tied = scores[order[i]] == scores[order[i - 1]];
      ranks[order[i]] = tied ? ranks[order[i - 1]] : i;
    }
    return ranks;
  }
}
