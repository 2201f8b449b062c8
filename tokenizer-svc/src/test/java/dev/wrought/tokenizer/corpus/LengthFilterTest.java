package dev.wrought.tokenizer.corpus;

import static dev.wrought.tokenizer.corpus.Filters.KEPT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.error.WroughtException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LengthFilterTest extends DocumentFilterContract {
  @Override
  DocumentFilterFactory factory() {
    return new LengthFilterFactory();
  }

  @Override
  Map<String, ?> settings() {
    return Map.of("minWords", 2, "maxBytes", 9);
  }

  @Override
  List<String> interesting() {
    return List.of("one", "one two", "one two three");
  }

  @Test
  void apply_words_areRunsOfOtherThanWhiteSpace() {
    DocumentFilter filter = Filters.of(factory(), "{minWords: 2, maxWords: 3}");
    assertEquals("too-few-words", Filters.judge(filter, " one \n"));
    assertEquals(KEPT, Filters.judge(filter, "one two"));
    assertEquals(KEPT, Filters.judge(filter, "one\ntwo\tthree"));
    assertEquals("too-many-words", Filters.judge(filter, "a b c d"));
  }

  @Test
  void apply_bytes_areThoseOfUtf8() {
    DocumentFilter filter = Filters.of(factory(), "{minBytes: 2, maxBytes: 3}");
    assertEquals("too-few-bytes", Filters.judge(filter, "a"));
    assertEquals(KEPT, Filters.judge(filter, "é"));
    assertEquals("too-many-bytes", Filters.judge(filter, "éé"));
  }

  @Test
  void create_settingsThatAskForNothing_areRefused() {
    assertFails("{}", "at least one must be given");
    assertFails("{minWords: 5, maxWords: 4}", "maxWords: is less than minWords");
    assertFails("{minWords: -1}", "allowed: at least 0");
  }

  private void assertFails(String settings, String inMessage) {
    WroughtException refused =
        assertThrows(WroughtException.class, () -> Filters.of(factory(), settings));
    assertTrue(String.valueOf(refused.getMessage()).contains(inMessage), refused.getMessage());
  }
}
