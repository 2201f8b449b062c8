package dev.wrought.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class YamlReaderTest {

  @Test
  void read_scalars_meanWhatYaml12Says() {
    Object value =
        read(
            """
            whole: -12
            decimal: 6e-4
            dot: .5
            yes: yes
            flag: true
            nothing: ~
            quoted: '12'
            octal: 0o7
            list: [a, 1]
            """);
    assertEquals(
        Map.of(
            "whole",
            -12L,
            "decimal",
            6e-4,
            "dot",
            0.5,
            "yes",
            "yes",
            "flag",
            true,
            "nothing",
            Optional.empty(),
            "quoted",
            "12",
            "octal",
            "0o7",
            "list",
            List.of("a", 1L)),
        value);
  }

  @Test
  void read_json_isYaml() {
    assertEquals(
        Map.of("a", List.of(1L, 2.5, "x", Map.of())), read("{\"a\": [1, 2.5, \"x\", {}]}"));
  }

  @Test
  void read_aliases_repeatWhatWasAnchored() {
    assertEquals(
        Map.of("a", Map.of("x", 1L), "b", Map.of("x", 1L)), read("a: &it {x: 1}\nb: *it\n"));
  }

  @Test
  void read_aKeyTwice_isReportedWithBothLines() {
    assertEquals(
        List.of("f:4:3: a.x: is written twice; the first is in line 2"),
        problems("a:\n  x: 1\n  y: 2\n  x: 3\n"));
  }

  @Test
  void read_brokenText_isReportedWhereItBreaks() {
    String problem = problems("a: [1, 2\nb: 3\n").getFirst();
    assertTrue(problem.startsWith("f:2:"), problem);
    assertTrue(problem.contains("is not YAML"), problem);
  }

  @Test
  void read_whatIsNoDocument_isRefused() {
    assertEquals(List.of("f: is empty"), problems(""));
    assertEquals(List.of("f: is empty"), problems("# nothing\n"));
    assertEquals(
        List.of("f:2:1: a second document starts here; allowed: one"), problems("a: 1\n---\nb: 2"));
    assertEquals(List.of("f:1:3: a key has to be a word"), problems("? [a]\n: 1"));
    assertTrue(problems("a: \u0000").getFirst().contains("is not YAML"));
  }

  @Test
  void read_aTag_isRefused() {
    assertEquals(
        List.of("f:1:4: a: has the tag tag:yaml.org,2002:javax.Evil; allowed: none"),
        problems("a: !!javax.Evil [1]"));
  }

  @Test
  void read_aliasesThatMultiply_areStoppedByCount() {
    StringBuilder laughs = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 40; i++) {
      laughs.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    assertTrue(problems(laughs.toString()).getFirst().contains("more than 20,000 values"));
  }

  @Test
  void read_anAliasOfWhatContainsIt_isRefused() {
    assertEquals(List.of("f:1:8: repeats an anchor that is not complete"), problems("a: &a [*a]"));
  }

  @Test
  void read_deepNesting_isStoppedBeforeTheStack() {
    assertTrue(
        problems("[".repeat(100_000)).getFirst().contains("nested more than 48 levels deep"));
    assertTrue(
        problems("{a: ".repeat(30_000)).getFirst().contains("nested more than 48 levels deep"));
  }

  @Test
  void read_aLongText_isNotEvenParsed() {
    assertEquals(
        List.of("f: has 300,000 characters; allowed: 262,144"), problems("x".repeat(300_000)));
  }

  private static Object read(String text) {
    Problems problems = new Problems();
    Object value = YamlReader.read(text, "f", problems).orElseThrow().value();
    assertEquals(List.of(), problems.list());
    return value;
  }

  private static List<String> problems(String text) {
    Problems problems = new Problems();
    YamlReader.read(text, "f", problems);
    return problems.list().stream().map(Problem::toString).toList();
  }
}
