package dev.wrought.core.error;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
  @Test
  void distance_countsInsertionsDeletionsAndReplacements() {
    assertEquals(0, Nearest.distance("cosine", "cosine"));
    assertEquals(1, Nearest.distance("cosin", "cosine"));
    assertEquals(3, Nearest.distance("kitten", "sitting"));
    assertEquals(4, Nearest.distance("", "adam"));
  }

  @Test
  void of_givesTheMostSimilarFirst() {
    assertEquals(
        List.of("adamw", "adam"), Nearest.of("adamx", List.of("muon", "adamw", "adam"), 2));
  }
}
