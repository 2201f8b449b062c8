package dev.wrought.core.error;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NearestTest {
  private static final List<String> KEYS = List.of("layers", "width", "heads", "keyValueHeads");

  @Test
  void distance_countsInsertionsRemovalsReplacementsAndSwaps() {
    assertEquals(0, Nearest.distance("width", "width"));
    assertEquals(1, Nearest.distance("layrs", "layers"));
    assertEquals(1, Nearest.distance("wdith", "width"));
    assertEquals(3, Nearest.distance("kitten", "sitting"));
    assertEquals(5, Nearest.distance("", "width"));
    assertEquals(5, Nearest.distance("width", ""));
  }

  @Test
  void of_givesTheMostSimilarFirst() {
    assertEquals(
        List.of("adamw", "adam"), Nearest.of("adamx", List.of("muon", "adamw", "adam"), 2));
  }

  @Test
  void meant_aSlipOfTheFinger_isTheKey() {
    assertEquals(Optional.of("layers"), Nearest.meant("layrs", KEYS));
    assertEquals(Optional.of("keyValueHeads"), Nearest.meant("keyvalueheads", KEYS));
    assertEquals(Optional.of("keyValueHeads"), Nearest.meant("keyValHeads", KEYS));
  }

  @Test
  void meant_somethingElseAltogether_isNothing() {
    assertEquals(Optional.empty(), Nearest.meant("dropout", KEYS));
    assertEquals(Optional.empty(), Nearest.meant("x", List.of()));
  }

  @Test
  void listed_tooMany_saysHowManyMore() {
    assertEquals("width, layers and 2 more", Nearest.listed("widths", KEYS, 2));
    assertEquals("width, layers, heads, keyValueHeads", Nearest.listed("widths", KEYS, 4));
  }

  @Test
  void allowed_thousandNames_areNotAllListed() {
    List<String> names = IntStream.range(0, 1000).mapToObj(i -> "run-" + i).toList();
    String allowed = Nearest.allowed("run-7a", names);
    assertTrue(allowed.length() < 1000 && allowed.endsWith(" and 950 more"), allowed);
  }

  @Test
  void allowed_tellsTheNearestAndAll() {
    assertEquals(
        "; did you mean \"width\"? Allowed: layers, width, heads, keyValueHeads",
        Nearest.allowed("wdith", KEYS));
    assertEquals("; allowed: none", Nearest.allowed("x", List.of()));
  }
}
