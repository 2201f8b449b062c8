package dev.wrought.tokenizer.encoding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenTextTest {
  private final Tokenizer tokenizer = TinyTokenizer.get();

  @Test
  void add_tokensOneByOne_givesWholeCharactersAndAllBytes() {
    TokenText text = new TokenText(tokenizer, false);
    StringBuilder out = new StringBuilder();
    int bytes = 0;
    String written = "the 🔥 é";
    for (int id : tokenizer.encode(written)) {
      TokenText.Part part = text.add(List.of(id));
      out.append(part.text());
      bytes += part.bytes().length;
      assertTrue(written.startsWith(out.toString()), out.toString());
    }
    assertEquals(written, out + text.end());
    assertEquals(written.getBytes(UTF_8).length, bytes);
  }

  @Test
  void end_withinACharacter_givesAReplacementCharacter() {
    TokenText text = new TokenText(tokenizer, false);
    assertEquals("a", text.add(List.of((int) 'a', 0xC3)).text());
    assertEquals("\uFFFD", text.end());
  }

  @Test
  void add_specialTokensThatAreSkipped_addNothing() {
    List<Integer> ids = List.of(TinyTokenizer.BEGIN, TinyTokenizer.THE, TinyTokenizer.END);
    assertEquals("<s>the</s>", new TokenText(tokenizer, false).add(ids).text());
    TokenText.Part part = new TokenText(tokenizer, true).add(ids);
    assertEquals("the", part.text());
    assertArrayEquals(
        new int[] {0, 3, 0}, part.pieces().stream().mapToInt(p -> p.length).toArray());
  }

  @Test
  void add_idsThatDoNotExistOrAreTooMany_areRefused() {
    TokenText text = new TokenText(tokenizer, false);
    assertTrue(refusal(text, List.of(262)).contains("ids are 0 to 261"));
    assertTrue(
        refusal(text, Collections.nCopies(1_000_001, 1)).contains("the number of ids: 1000001"));
    List<Integer> long3 = Arrays.asList(new Integer[900_000]);
    Collections.fill(long3, TinyTokenizer.PAD);
    assertTrue(refusal(text, long3).contains("4194304 are possible"));
  }

  private static String refusal(TokenText text, List<Integer> ids) {
    WroughtException refused = assertThrows(WroughtException.class, () -> text.add(ids));
    assertEquals(ErrorCode.INVALID_ARGUMENT, refused.code());
    return refused.getMessage();
  }
}
