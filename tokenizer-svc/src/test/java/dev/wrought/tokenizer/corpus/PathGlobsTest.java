package dev.wrought.tokenizer.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.error.WroughtException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathGlobsTest {
  @ParameterizedTest
  @CsvSource({
    "**/*.java, A.java, true",
    "**/*.java, a/b/C.java, true",
    "**/*.java, a/b/C.javax, false",
    "*.java, A.java, true",
    "*.java, a/B.java, false",
    "a/**, a/b/c, true",
    "a/**, b/a/c, false",
    "a/**/z, a/z, true",
    "a/**/z, a/b/c/z, true",
    "a/**/z, a/bz, false",
    "**/test/**, x/test/y, true",
    "**/test/**, test/y, true",
    "**/test/**, x/testing/y, false",
    "a?c, abc, true",
    "a?c, a/c, false",
    "**, anything/at/all, true",
    "*, a/b, false",
    "a**c, a/b/c, true",
    "*a*, bab, true",
    "x, x, true",
    "x, xy, false"
  })
  void wants_aPath_asTheGlobSays(String glob, String path, boolean wanted) {
    assertEquals(wanted, new PathGlobs(List.of(glob), List.of()).wants(path));
  }

  @Test
  void wants_exclude_winsOverInclude() {
    PathGlobs globs = new PathGlobs(List.of("**/*.java"), List.of("**/test/**"));
    assertTrue(globs.wants("main/A.java"));
    assertFalse(globs.wants("test/A.java"));
    assertTrue(new PathGlobs(List.of(), List.of()).wants("anything"));
  }

  @Test
  void wants_manyStarsAndALongPath_endsInGoodTime() {
    PathGlobs globs = new PathGlobs(List.of("*a".repeat(100) + "b"), List.of());
    assertFalse(globs.wants("a".repeat(4000)));
  }

  @Test
  void construction_whatIsNoGlob_isRefused() {
    for (String glob : List.of("", "/a", "*.{java,kt}", "[ab]", "a\\b", "x".repeat(257))) {
      assertThrows(WroughtException.class, () -> new PathGlobs(List.of(glob), List.of()), glob);
    }
  }
}
