package dev.wrought.benchmarks;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearntMergesTest {
  private static final LearntMerges FOUR = new LearntMerges(List.of("a b", "c d", "ab c", "e f"));

  @TempDir Path folder;

  @Test
  void of_pairsAndWordsOfAFile_areTheSame() throws IOException {
    Path pairs = folder.resolve("pairs.json");
    Files.writeString(pairs, "{\"model\":{\"merges\":[[\"a\",\"b\"],[\"Ġ\",\"ab\"]]}}");
    Path words = folder.resolve("words.json");
    Files.writeString(words, "{\"model\":{\"merges\":[\"a b\",\"Ġ ab\"]}}");
    assertEquals(List.of("a b", "Ġ ab"), LearntMerges.of(pairs).merges());
    assertEquals(LearntMerges.of(pairs), LearntMerges.of(words));
  }

  @Test
  void sameAs_othersInPlace_areNotCounted() {
    assertEquals(4, FOUR.sameAs(FOUR));
    assertEquals(2, FOUR.sameAs(new LearntMerges(List.of("a b", "ab c", "c d", "e f", "g h"))));
    assertEquals(0, FOUR.sameAs(new LearntMerges(List.of())));
  }

  @Test
  void checkAre_oneThatDiffers_orIsMissing_isNamed() {
    assertDoesNotThrow(() -> FOUR.checkAre(FOUR));
    assertRefused("merge 2 is 'c d' and by Hugging Face's trainer 'ab c'", "a b", "ab c", "c d");
    assertRefused("merge 4 is 'e f' and by Hugging Face's trainer ''", "a b", "c d", "ab c");
    assertRefused(
        "merge 5 is '' and by Hugging Face's trainer 'g h'", "a b", "c d", "ab c", "e f", "g h");
  }

  private static void assertRefused(String message, String... theirs) {
    WroughtException refused =
        assertThrows(
            WroughtException.class, () -> FOUR.checkAre(new LearntMerges(List.of(theirs))));
    assertEquals(ErrorCode.INTERNAL_ERROR, refused.code());
    assertTrue(String.valueOf(refused.getMessage()).startsWith(message), refused.getMessage());
  }
}
