package dev.wrought.core.tokenizer;

import static dev.wrought.core.text.TestTexts.utf8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wrought.core.tokenizer.SeedPieces.Seed;
import java.util.List;
import org.junit.jupiter.api.Test;

class PieceLossesTest {
  private static final ScoredPieces PIECES =
      ScoredPieces.of(
          List.of(
              new Seed(utf8("a"), 5, 1),
              new Seed(utf8("b"), 5, 1),
              new Seed(utf8("ab"), 4, 2),
              new Seed(utf8("ba"), 2, 2),
              new Seed(utf8("aba"), 3, 3)));

  /** Used: a 2, b 1, ab 3, ba never, aba 4 times. */
  private static final PieceLosses LOSSES = new PieceLosses(PIECES, new long[] {2, 1, 3, 0, 4});

  /** If ab is gone, a and b are used three times more each, and there are 13 tokens, not 10. */
  @Test
  void of_aPiece_weighsItsUsesWithTheNextBestWay() {
    double with = Math.log(3 / 10.0);
    double without = Math.log((2 + 3) / 13.0) + Math.log((1 + 3) / 13.0);
    assertEquals(3 / 10.0 * (with - without), LOSSES.of(2), 1e-12);
  }

  /** The best other way to write aba is ab, a: 4/19 * 5/19 is more than 5/19 * 2/19. */
  @Test
  void of_aLongPiece_takesTheBestOtherWay() {
    double with = Math.log(4 / 10.0);
    double without = Math.log((3 + 4) / 14.0) + Math.log((2 + 4) / 14.0);
    assertEquals(4 / 10.0 * (with - without), LOSSES.of(4), 1e-12);
  }

  @Test
  void mostNeeded_leavesOutWhatIsNotUsed_andWhatLosesTheLeast() {
    assertEquals(Double.NEGATIVE_INFINITY, LOSSES.of(3));
    assertArrayEquals(new int[] {0, 1, 2, 4}, LOSSES.mostNeeded(5));
    assertArrayEquals(new int[] {0, 1, 2}, LOSSES.mostNeeded(3));
  }

  @Test
  void mostNeeded_fewerThanCharacters_areAllCharacters() {
    assertArrayEquals(new int[] {0, 1}, LOSSES.mostNeeded(1));
  }
}
