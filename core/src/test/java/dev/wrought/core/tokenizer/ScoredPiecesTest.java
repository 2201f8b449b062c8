package dev.wrought.core.tokenizer;

import static dev.wrought.core.text.TestTexts.utf8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wrought.core.tokenizer.SeedPieces.Seed;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoredPiecesTest {
  private static final ScoredPieces PIECES =
      ScoredPieces.of(
          List.of(
              new Seed(utf8("a"), 4, 1),
              new Seed(utf8("é"), 1, 1),
              new Seed(utf8("aé"), 3, 2),
              new Seed(utf8("aaa"), 2, 3)));

  @Test
  void of_seeds_areAsLikelyAsTheyAreFrequent_andCharactersAreCounted() {
    assertEquals(2, PIECES.characters());
    assertEquals(Math.log(0.4), PIECES.score(0), 1e-12);
    assertEquals(Math.log(0.2), PIECES.score(3), 1e-12);
  }

  @Test
  void only_some_keepTheirScores() {
    ScoredPieces some = PIECES.only(new int[] {0, 1, 3});
    assertEquals(3, some.size());
    assertEquals(2, some.characters());
    assertArrayEquals(utf8("aaa"), some.bytes(2));
    assertEquals(PIECES.score(3), some.score(2));
    BestPath path = some.bestPath();
    assertEquals(1, path.encode(utf8("aaa"), 0, 3));
    assertEquals(2, path.ids()[0]);
  }

  @Test
  void estimatedBy_aPieceThatIsHardlyExpected_isDropped_butNoCharacter() {
    ExpectedCounts expected = PIECES.expectedCounts();
    expected.add(utf8("aaa"), 5);
    ScoredPieces estimated = PIECES.estimatedBy(expected);
    assertEquals(3, estimated.size(), "aé is in no word");
    assertArrayEquals(utf8("é"), estimated.bytes(1));
    assertArrayEquals(utf8("aaa"), estimated.bytes(2));
    double all = expected.count(0) + 0.5 + expected.count(3);
    assertEquals(
        ScoredPieces.digamma(expected.count(3)) - ScoredPieces.digamma(all),
        estimated.score(2),
        1e-12);
  }

  @Test
  void likeliest_fewerThanThereAre_areTheCharactersFirst_inTheOrderOfTheirScores() {
    assertEquals(
        List.of("a", "aé", "é"),
        PIECES.likeliest(3).stream().map(UnigramModel.Piece::text).toList());
    assertEquals(List.of("a"), PIECES.likeliest(1).stream().map(UnigramModel.Piece::text).toList());
  }

  /** Abramowitz and Stegun 1964, 6.3.2, 6.3.3 and 6.3.5. */
  @Test
  void digamma_ofKnownValues_isWithinTheSeriesError() {
    double euler = 0.577_215_664_901_532_9;
    assertEquals(-euler, ScoredPieces.digamma(1), 1e-8);
    assertEquals(-euler - 2 * Math.log(2), ScoredPieces.digamma(0.5), 1e-8);
    for (double x : new double[] {0.5, 3, 6.9, 7, 7.1, 1e6}) {
      assertEquals(ScoredPieces.digamma(x) + 1 / x, ScoredPieces.digamma(x + 1), 1e-8, "at " + x);
    }
  }
}
