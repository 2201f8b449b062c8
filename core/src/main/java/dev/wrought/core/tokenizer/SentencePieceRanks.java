package dev.wrought.core.tokenizer;

import java.util.Arrays;

/** The order in which SentencePiece merges: the piece with the highest score first. */
final class SentencePieceRanks {
  private SentencePieceRanks() {}

  /** By id the rank of a piece, from 0; pieces with equal scores have equal ranks. */
  static int[] of(float[] scores) {
    long[] order = new long[scores.length];
    for (int id = 0; id < order.length; id++) {
      order[id] = (long) descending(scores[id]) << 32 | id;
    }
    Arrays.sort(order);
    int[] ranks = new int[scores.length];
    for (int i = 1; i < order.length; i++) {
      boolean tied = order[i] >> 32 == order[i - 1] >> 32;
      ranks[(int) order[i]] = tied ? ranks[(int) order[i - 1]] : i;
    }
    return ranks;
  }

  /** A number that is the less the higher the score is: its bits, made to sort as integers. */
  private static int descending(float score) {
    int bits = Float.floatToIntBits(score + 0f);
    return ~(bits ^ (bits >> 31 & Integer.MAX_VALUE));
  }
}
