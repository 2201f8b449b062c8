package dev.wrought.core.tokenizer;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How much less likely a corpus would be without each piece: how often it is used is weighed with
 * how much less likely the best other way to write it is. A piece that is not used loses nothing.
 * The characters have no loss: they are always kept. Immutable.
 *
 * <p>Source: Kudo 2018, section 3.2.
 */
final class PieceLosses {
  private static final double UNUSED = Double.NEGATIVE_INFINITY;

  private final int characters;
  private final double[] losses;

  /**
   * @param uses of each piece in the best ways to write the corpus
   */
  PieceLosses(ScoredPieces pieces, long[] uses) {
    this.characters = pieces.characters();
    this.losses = new double[pieces.size()];
    double total = Arrays.stream(uses).sum();
    BestPath path = pieces.bestPath();
    for (int piece = characters; piece < losses.length; piece++) {
      losses[piece] =
          uses[piece] == 0 ? UNUSED : loss(piece, pieces.bytes(piece), path, uses, total);
    }
  }

  private static double loss(int piece, byte[] text, BestPath path, long[] uses, double total) {
    int count = path.encodeWithout(piece, text, 0, text.length);
    double logTotal = Math.log(total + uses[piece] * (count - 1.0));
    double otherwise = 0;
    for (int i = 0; i < count; i++) {
      int other = path.ids()[i];
      long otherUses = other < uses.length ? uses[other] : 0;
      otherwise += Math.log(otherUses + uses[piece]) - logTotal;
    }
    return uses[piece] / total * (Math.log(uses[piece] / total) - otherwise);
  }

  /** In nats a token of the corpus; {@link Double#NEGATIVE_INFINITY} if it is not used. */
  double of(int piece) {
    return losses[piece];
  }

  /** The characters and, of the pieces that are used, those with the highest losses; ascending. */
  int[] mostNeeded(int most) {
    int[] byLoss =
        IntStream.range(characters, losses.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer piece) -> -of(piece)))
            .limit(Math.max(0, most - characters))
            .filter(piece -> of(piece) > UNUSED)
            .mapToInt(Integer::intValue)
            .toArray();
    return IntStream.concat(IntStream.range(0, characters), Arrays.stream(byLoss).sorted())
        .toArray();
  }
}
