package dev.wrought.core.tokenizer;

import static dev.wrought.core.text.TestTexts.utf8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.knuddels.jtokkit.api.EncodingType;
import dev.wrought.core.text.TestTexts;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Words get the same tokens from the few merges that they need as from all. */
class FirstWordsTest {
  /** After more than these, all merges are derived and there is nothing left to compare. */
  private static final int WORDS = 50;

  private final BpeModel model =
      (BpeModel) TestTokenizers.openAi(EncodingType.CL100K_BASE).parts().model();
  private final Supplier<WordModel> first = model.wordModels();
  private final WordModel all =
      new BpeModel(model.tokens(), new RankedMerges(model.tokens(), id -> id).list(), model.rules())
          .wordModels()
          .get();

  @Test
  void encode_randomWords_asWithAllMerges() {
    long seed = 41;
    Random random = new Random(seed);
    WordModel few = first.get();
    for (int round = 0; round < 2_000; round++) {
      if (round % WORDS == 0) {
        few = first.get();
      }
      String text = TestTexts.random(random);
      assertSame(few, utf8(text.substring(0, Math.min(12, text.length()))), "seed " + seed);
    }
  }

  @Test
  void encode_longWords_isWithAllMergesFromThenOn() {
    byte[] sentence = utf8("Donaudampfschifffahrtsgesellschaftskapitän".repeat(20));
    WordModel few = first.get();
    for (int length : new int[] {1, 2, 40, 130, 260, sentence.length, 3}) {
      assertSame(few, Arrays.copyOf(sentence, length), "length " + length);
    }
  }

  @Test
  void wordModels_whereAByteHasNoToken_areWithAllMerges() {
    TokenList tokens = new TokenList(0);
    for (String text : new String[] {"a", "b", "ab"}) {
      tokens.add(tokens.size(), text);
    }
    WordModel words =
        new BpeModel(tokens, new ReachedMerges(tokens), BpeModel.Rules.bytes(true))
            .wordModels()
            .get();
    assertFalse(words instanceof FirstWords);
    assertTrue(first.get() instanceof FirstWords);
    byte[] word = utf8("a\u0003b");
    assertArrayEquals(new int[] {2}, Arrays.copyOf(words.ids(), words.encode(word, 0, 3)));
  }

  private void assertSame(WordModel few, byte[] word, String message) {
    int count = all.encode(word, 0, word.length);
    int[] expected = Arrays.copyOf(all.ids(), count);
    int[] ends = Arrays.copyOf(all.ends(), count);
    int found = few.encode(word, 0, word.length);
    assertArrayEquals(expected, Arrays.copyOf(few.ids(), found), message);
    assertArrayEquals(ends, Arrays.copyOf(few.ends(), found), message);
  }
}
