package dev.wrought.core.tokenizer;

import dev.wrought.core.text.Utf8;
import java.util.Arrays;
import java.util.Optional;

/**
 * Finds the pieces of a word whose scores sum up to the most: for each place in the word, from left
 * to right, the best way to it is the best of all pieces that end there. For one thread.
 *
 * <p>Of equal sums the one counts that was found first, as in SentencePiece.
 *
 * <p>Source: Viterbi 1967; Kudo 2018, section 3.2.
 */
final class BestPath implements WordModel {
  private static final int NO_WAY = -1;

  /** Arrays for words longer than this are not kept. */
  private static final int KEPT_LENGTH = 1 << 16;

  private final PieceTrie trie;
  private final double[] scores;
  private final double unknownScore;
  private final int unknownId;
  private final boolean singlePrecision;
  private final Optional<int[]> byteIds;

  /** By place in the word, of the best way there: its sum, its last piece and where that begins. */
  private double[] sums = new double[64];

  private int[] pieces = new int[64];
  private int[] begins = new int[64];

  private int[] ids = new int[64];
  private int[] ends = new int[64];

  BestPath(UnigramModel model) {
    this.trie = model.trie();
    this.scores = model.scores();
    this.unknownScore = model.unknownScore();
    this.unknownId = model.rules().unknownId();
    this.singlePrecision = model.rules().singlePrecision();
    this.byteIds = model.bytePieces();
  }

  @Override
  public int[] ids() {
    return ids;
  }

  @Override
  public int[] ends() {
    return ends;
  }

  @Override
  public int encode(byte[] text, int from, int to) {
    int length = to - from;
    ensureRoom(length + 1);
    Arrays.fill(begins, 0, length + 1, NO_WAY);
    sums[0] = 0;
    for (int at = 0; at < length; ) {
      int character = Math.max(1, Utf8.lengthAt(text, from + at, to));
      if (!extendByPieces(text, from + at, to, at, character)) {
        offer(at, at + character, unknownId, unknownScore);
      }
      at += character;
    }
    return trace(text, from, length);
  }

  /** Offers every piece that begins here. @return whether one of them is just the character */
  private boolean extendByPieces(byte[] text, int from, int to, int at, int character) {
    boolean single = false;
    int node = PieceTrie.ROOT;
    for (int next = from; next < to; next++) {
      node = trie.child(node, text[next]);
      if (node == PieceTrie.NONE) {
        break;
      }
      int piece = trie.piece(node);
      if (piece != PieceTrie.NONE) {
        int end = at + next + 1 - from;
        offer(at, end, piece, scores[piece]);
        single |= end == at + character;
      }
    }
    return single;
  }

  private void offer(int at, int end, int piece, double score) {
    double exact = sums[at] + score;
    double sum = singlePrecision ? (float) exact : exact;
    if (begins[end] == NO_WAY || sum > sums[end]) {
      sums[end] = sum;
      begins[end] = at;
      pieces[end] = piece;
    }
  }

  /** Goes back from the end, then puts the pieces in order. */
  private int trace(byte[] text, int from, int length) {
    int count = 0;
    boolean afterUnknown = false;
    for (int end = length; end > 0; end = begins[end]) {
      boolean unknown = pieces[end] == unknownId;
      if (unknown && byteIds.isPresent()) {
        for (int at = end - 1; at >= begins[end]; at--) {
          ids[count] = byteIds.get()[text[from + at] & 0xFF];
          ends[count++] = from + at + 1;
        }
      } else if (!unknown || !afterUnknown) {
        ids[count] = pieces[end];
        ends[count++] = from + end;
      }
      afterUnknown = unknown;
    }
    reverse(ids, count);
    reverse(ends, count);
    return count;
  }

  private static void reverse(int[] values, int count) {
    for (int first = 0, last = count - 1; first < last; first++, last--) {
      int value = values[first];
      values[first] = values[last];
      values[last] = value;
    }
  }

  private void ensureRoom(int places) {
    if (sums.length < places || sums.length > KEPT_LENGTH) {
      int room = Math.max(64, places);
      sums = new double[room];
      pieces = new int[room];
      begins = new int[room];
      ids = new int[room];
      ends = new int[room];
    }
  }
}
