package dev.wrought.serving.generation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextStreamTest {

  @Test
  void add_charactersByteByByte_letsOutCompleteOnesOnly() {
    String text = "a größer 鉄は熱い 😀!";
    TextStream stream = new TextStream(List.of());
    StringBuilder out = new StringBuilder();
    List<Integer> ids = new ArrayList<>();
    int id = 0;
    for (byte each : text.getBytes(UTF_8)) {
      TextStream.Chunk chunk = stream.add(id++, new byte[] {each});
      assertTrue(text.startsWith(out + chunk.text()), chunk.text());
      out.append(chunk.text());
      ids.addAll(chunk.ids());
    }
    ids.addAll(stream.end().ids());
    assertEquals(text, out.toString());
    assertEquals(id, ids.size());
  }

  @Test
  void add_bytesThatAreNoUtf8_becomeReplacementCharacters() {
    TextStream stream = new TextStream(List.of());
    String out = stream.add(1, new byte[] {'a', (byte) 0xFF, 'b', (byte) 0xE9}).text();
    assertEquals("a\uFFFDb", out);
    assertEquals("\uFFFDc", stream.add(2, new byte[] {'c'}).text());
    assertEquals("", stream.add(3, new byte[] {(byte) 0xC3}).text());
    assertEquals("\uFFFD", stream.end().text());
  }

  @Test
  void add_aStopString_hidesItsTextAndItsIds() {
    TextStream stream = new TextStream(List.of("STOP"));
    assertEquals(new TextStream.Chunk("ab", List.of(1)), stream.add(1, bytes("ab")));
    assertEquals(new TextStream.Chunk("c", List.of()), stream.add(2, bytes("cST")));
    assertEquals(new TextStream.Chunk("", List.of()), stream.add(3, bytes("OP d")));
    assertTrue(stream.stopped());
    assertEquals(new TextStream.Chunk("", List.of()), stream.end());
  }

  @Test
  void end_textHeldBackForAStopThatNeverCame_isLetOut() {
    TextStream stream = new TextStream(List.of("STOP"));
    assertEquals(new TextStream.Chunk("", List.of()), stream.add(1, bytes("ST")));
    assertEquals(new TextStream.Chunk("ST", List.of(1)), stream.end());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
