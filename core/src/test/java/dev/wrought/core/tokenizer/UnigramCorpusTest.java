package dev.wrought.core.tokenizer;

import static dev.wrought.core.text.TestTexts.utf8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UnigramCorpusTest {
  private final WordCounts counts = new WordCounts(ModelKind.UNIGRAM);
  private ScoredPieces pieces;

  @BeforeEach
  void count() {
    counts.add(utf8(TestTokenizers.PROSE));
    for (int number = 0; number < 500; number++) {
      counts.add(utf8(" " + Integer.toString(number * number, 36)));
    }
    assertTrue(counts.distinctWords() > 200, "several words a part");
    pieces = ScoredPieces.of(SeedPieces.find(counts, 200, 1));
  }

  @Test
  void expectedCounts_inParts_areThoseOfOneWordAfterTheOther() {
    ExpectedCounts all = pieces.expectedCounts();
    for (int word = 0; word < counts.distinctWords(); word++) {
      all.add(counts.word(word), counts.count(word));
    }
    ExpectedCounts inParts = new UnigramCorpus(counts).expectedCounts(pieces);
    assertEquals(all.logLikelihood(), inParts.logLikelihood(), -1e-9 * all.logLikelihood());
    for (int piece = 0; piece < pieces.size(); piece++) {
      assertEquals(all.count(piece), inParts.count(piece), 1e-9 * (1 + all.count(piece)));
    }
  }

  @Test
  void expectedCounts_again_areTheSameToTheBit() {
    UnigramCorpus corpus = new UnigramCorpus(counts);
    ExpectedCounts first = corpus.expectedCounts(pieces);
    ExpectedCounts second = corpus.expectedCounts(pieces);
    for (int piece = 0; piece < pieces.size(); piece++) {
      assertEquals(first.count(piece), second.count(piece));
    }
  }

  @Test
  void uses_inParts_areThoseOfOneWordAfterTheOther_withoutUnknownCharacters() {
    ScoredPieces some = ScoredPieces.of(SeedPieces.find(counts, 20, 0.8));
    assertTrue(some.characters() < pieces.characters(), "some are unknown");
    long[] all = new long[some.size()];
    BestPath path = some.bestPath();
    for (int word = 0; word < counts.distinctWords(); word++) {
      byte[] text = counts.word(word);
      int tokens = path.encode(text, 0, text.length);
      for (int i = 0; i < tokens; i++) {
        if (path.ids()[i] < all.length) {
          all[path.ids()[i]] += counts.count(word);
        }
      }
    }
    assertArrayEquals(all, new UnigramCorpus(counts).uses(some));
  }
}
