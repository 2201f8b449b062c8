package dev.wrought.tokenizer.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeenDocumentsTest {
  @Test
  void add_manyHashesSomeAlike_knowsEachOnce() {
    long seed = 43;
    Random random = new Random(seed);
    SeenDocuments seen = new SeenDocuments();
    Set<ContentHash> plainly = new HashSet<>();
    long[] halves = random.longs(150).toArray();
    for (int i = 0; i < 20_000; i++) {
      ContentHash hash = new ContentHash(halves[random.nextInt(150)], halves[random.nextInt(150)]);
      assertEquals(plainly.add(hash), seen.add(hash), "seed " + seed + ", " + hash);
    }
  }
}
