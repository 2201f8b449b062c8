package dev.wrought.core.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WholeCharactersTest {
  @Test
  void add_anyBytesInAnyParts_givesWhatAllAtOnceGive() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      byte[] bytes = "größer 鉄 😀!".repeat(3).getBytes(UTF_8);
      if (round % 2 == 1) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      WholeCharacters characters = new WholeCharacters();
      StringBuilder out = new StringBuilder();
      for (int at = 0; at < bytes.length; ) {
        int end = Math.min(bytes.length, at + random.nextInt(4));
        out.append(characters.add(Arrays.copyOfRange(bytes, at, end)));
        at = end;
      }
      assertEquals(new String(bytes, UTF_8), out + characters.end());
    }
  }

  @Test
  void add_halfACharacter_isHeldBackUntilTheRestOrTheEnd() {
    WholeCharacters characters = new WholeCharacters();
    byte[] fire = "🔥".getBytes(UTF_8);
    assertEquals("a", characters.add(new byte[] {'a', fire[0], fire[1]}));
    assertEquals("🔥", characters.add(new byte[] {fire[2], fire[3]}));
    assertTrue(characters.add(Arrays.copyOf(fire, 3)).isEmpty());
    assertEquals("\uFFFD", characters.end());
  }

  @Test
  void characters_ofTextAndOfOtherBytes_areCounted() {
    assertEquals(0, Utf8.characters(new byte[0]));
    assertEquals(4, Utf8.characters("aé鉄🔥".getBytes(UTF_8)));
    assertEquals(3, Utf8.characters(new byte[] {(byte) 0xC3, 'a', (byte) 0xFF}));
  }
}
