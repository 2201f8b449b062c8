package dev.wrought.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecordTypeTest {
  enum Colour {
    RED,
    DARK_BLUE
  }

  sealed interface Shape {
    record Circle(@MoreThan(0) double radius) implements Shape {}

    record Box(double width, @Default("1") double height) implements Shape {}
  }

  record Everything(
      int whole,
      @Quantity @AtLeast(1) long count,
      double number,
      boolean flag,
      @Matches(value = "[a-z]+", words = "lower-case letters") String word,
      Duration time,
      Colour colour,
      Shape shape,
      @AtLeast(0) @LessThan(1) @Size(min = 2, max = 2) List<Double> pair,
      Map<String, Integer> map,
      OptionalInt maybeWhole,
      OptionalLong maybeLong,
      OptionalDouble maybeNumber,
      Optional<Colour> maybeColour,
      @Default("[1, 2]") List<Integer> defaulted) {}

  private static final String GOOD =
      """
      whole: -3
      count: 1.5M
      number: 6e-4
      flag: true
      word: abc
      time: 1h30m
      colour: dark-blue
      shape: {width: 2}
      pair: [0.9, 0.95]
      map: {a: 1, b: 2}
      maybeLong: 7
      """;

  @Test
  void decode_everyType_isUnderstood() {
    assertEquals(
        new Everything(
            -3,
            1_500_000,
            6e-4,
            true,
            "abc",
            Duration.ofMinutes(90),
            Colour.DARK_BLUE,
            new Shape.Box(2, 1),
            List.of(0.9, 0.95),
            Map.of("a", 1, "b", 2),
            OptionalInt.empty(),
            OptionalLong.of(7),
            OptionalDouble.empty(),
            Optional.empty(),
            List.of(1, 2)),
        decode(Everything.class, GOOD));
  }

  @Test
  void encode_thenDecode_isTheSame() {
    RecordType<Everything> type = ValueTypes.PLAIN.record(Everything.class);
    Everything value = decode(Everything.class, GOOD);
    assertEquals(value, decode(Everything.class, YamlWriter.write(type.encode(value))));
  }

  @Test
  void decode_everythingWrong_isAllToldAtOnce() {
    String bad =
        """
        whole: 3.5
        count: 0.1234K
        number: "1"
        flag: yes
        word: Abc
        time: 5 minutes
        colour: darkblue
        shape: {radius: 1, width: 2}
        pair: [0.9, 1]
        map: {a: x}
        maybeLong: 99999999999999999999
        defalted: 3
        """;
    assertEquals(
        List.of(
            "f:1:8: whole: is 3.5; allowed: a whole number",
            "f:2:8: count: is the text \"0.1234K\"; allowed: a whole number, also as 500K, 20M,"
                + " 1.5B",
            "f:3:9: number: is the text \"1\"; allowed: a number, as 0.1, 6e-4 or 3",
            "f:4:7: flag: is the text \"yes\"; allowed: true, false",
            "f:5:7: word: is \"Abc\"; allowed: lower-case letters",
            "f:6:7: time: is the text \"5 minutes\"; allowed: a time, as 90s, 5m, 1h30m or 2d",
            "f:7:9: colour: is the text \"darkblue\"; did you mean \"dark-blue\"? Allowed: red,"
                + " dark-blue",
            "f:8:8: shape: has radius and width; allowed: exactly one of radius, width",
            "f:9:7: pair: is 1; allowed: at least 0, below 1",
            "f:10:10: map.a: is the text \"x\"; allowed: a whole number",
            "f:11:12: maybeLong: is 99999999999999999999; allowed: -9223372036854775808 to"
                + " 9223372036854775807",
            "f:12:1: defalted: is no known key; did you mean \"defaulted\"? Allowed: whole, count,"
                + " number, flag, word, time, colour, shape, pair, map, maybeWhole, maybeLong,"
                + " maybeNumber, maybeColour, defaulted"),
        problems(Everything.class, bad));
  }

  record Required(
      @Doc("How long it takes.") @Example("5m") Duration time, @Default("1") int copies) {}

  @Test
  void decode_aMissingKey_isExplained() {
    assertEquals(
        List.of("f:1:1: time: is missing. How long it takes. Write time: 5m"),
        problems(Required.class, "copies: 2"));
    assertEquals(
        List.of("f:1:1: time: is missing. How long it takes. Write time: 5m"),
        problems(Required.class, "time:\ncopies: 2"));
  }

  @Test
  void decode_anEmptyKeyWithADefault_isTheDefault() {
    assertEquals(
        new Required(Duration.ofSeconds(1), 1), decode(Required.class, "time: 1s\ncopies:\n"));
  }

  @Test
  void decode_whatIsNoMapping_saysTheKeys() {
    assertEquals(
        List.of("f:1:1: is a list; allowed: a mapping with the keys time, copies"),
        problems(Required.class, "[1]"));
  }

  record Heads(@AtLeast(1) int width, @AtLeast(1) int heads, @Default("1") int other) {
    Heads {
      Checks.of(Heads.class, width, heads, other)
          .that(
              heads == 0 || width % heads == 0,
              "is " + heads + "; allowed: a divisor of width (" + width + ")",
              "heads",
              "width")
          .that(other != 13, "is unlucky", "other")
          .done();
    }
  }

  @Test
  void decode_aBrokenRelation_isToldWithTheOtherProblems() {
    assertEquals(
        List.of(
            "f:1:8: heads: is 7; allowed: a divisor of width (384)",
            "f:3:8: other: is unlucky",
            "f:4:1: colour: is no known key; allowed: width, heads, other"),
        problems(Heads.class, "heads: 7\nwidth: 384\nother: 13\ncolour: red"));
  }

  @Test
  void decode_aRelationToSomethingWrong_isNotToldTwice() {
    assertEquals(
        List.of(
            "f:1:8: heads: is the text \"7x\"; allowed: a whole number",
            "f:3:8: other: is unlucky"),
        problems(HeadsWithExample.class, "heads: 7x\nwidth: 384\nother: 13"));
  }

  record HeadsWithExample(int width, @Example("5") int heads, @Default("1") int other) {
    HeadsWithExample {
      Checks.of(HeadsWithExample.class, width, heads, other)
          .that(width % heads == 0, "does not divide", "heads", "width")
          .that(other != 13, "is unlucky", "other")
          .done();
    }
  }

  record Plain(int low, int high) {
    Plain {
      if (low > high) {
        throw new IllegalArgumentException("low must not be above high: " + low + " > " + high);
      }
      if (high > 100) {
        throw new IllegalArgumentException("that is too much");
      }
    }
  }

  @Test
  void decode_aPlainConstructorsMessage_isReportedAtTheComponentItNames() {
    assertEquals(
        List.of("f:2:6: low: must not be above high: 5 > 3"),
        problems(Plain.class, "high: 3\nlow: 5"));
    assertEquals(List.of("f:1:1: that is too much"), problems(Plain.class, "high: 300\nlow: 5"));
  }

  record Weighted(double weight, @Inline Map<String, Integer> rest) {}

  @Test
  void decode_anInlineComponent_takesTheOtherKeys() {
    assertEquals(new Weighted(0.5, Map.of("a", 1)), decode(Weighted.class, "{weight: 0.5, a: 1}"));
    Object encoded =
        ValueTypes.PLAIN.record(Weighted.class).encode(new Weighted(2, Map.of("b", 3)));
    assertEquals(Map.of("weight", 2.0, "b", 3L), encoded);
  }

  @Test
  void variants_needExactlyOneKey() {
    record Holder(Shape shape) {}
    assertEquals(
        List.of("f:1:8: shape: has nothing; allowed: exactly one of radius, width"),
        problems(Holder.class, "shape: {}"));
    assertEquals(
        List.of(
            "f:1:9: shape.radus: is no known key; did you mean \"radius\"? Allowed: radius, width"),
        problems(Holder.class, "shape: {radus: 1}"));
    assertEquals(
        List.of(
            "f:1:8: shape: is the text \"round\"; allowed: exactly one of radius, width, as"
                + " {radius: ...}"),
        problems(Holder.class, "shape: round"));
    assertEquals(
        List.of("f:1:17: shape.radius: is -1; allowed: above 0"),
        problems(Holder.class, "shape: {radius: -1}"));
  }

  @Test
  void quantities_areExact() {
    record Count(@Quantity long n) {}
    assertEquals(20_000_000, decode(Count.class, "n: 20M").n());
    assertEquals(20_000_000, decode(Count.class, "n: \"20M\"").n());
    assertEquals(1_500_000_000L, decode(Count.class, "n: 1.5B").n());
    assertEquals(3_000_000_000_000L, decode(Count.class, "n: 3e12").n());
    assertEquals(64_000, decode(Count.class, "n: 64K").n());
    for (String wrong : List.of("20m", "1.5", "x", "9e99", "20 M", "1.0001K", "[]")) {
      assertEquals(1, problems(Count.class, "n: " + wrong).size(), wrong);
    }
  }

  @Test
  void texts_thatYamlTakesForSomethingElse_haveToBeQuoted() {
    record Name(String name) {}
    assertEquals("8", decode(Name.class, "name: '8'").name());
    assertEquals(
        List.of("f:1:7: name: is 8; allowed: a text; write \"8\" if that is meant"),
        problems(Name.class, "name: 8"));
  }

  @Test
  void numbers_thatAreNotFinite_areRefused() {
    record Number(double x) {}
    for (String wrong : List.of(".inf", "-.inf", ".nan", "1e999")) {
      assertEquals(1, problems(Number.class, "x: " + wrong).size(), wrong);
    }
  }

  @Test
  void schema_saysWhatTheDecoderChecks() {
    Map<String, Object> schema = ValueTypes.PLAIN.record(Everything.class).schema();
    Map<String, Object> properties = Schemas.part(schema, "properties");
    assertEquals(false, schema.get("additionalProperties"));
    assertEquals(
        Map.of("type", "string", "enum", List.of("red", "dark-blue")), properties.get("colour"));
    assertEquals(Map.of("type", "string", "pattern", "^(?:[a-z]+)$"), properties.get("word"));
    assertEquals(
        Map.of(
            "type",
            "array",
            "minItems",
            2,
            "maxItems",
            2,
            "items",
            Map.of("type", "number", "minimum", 0L, "exclusiveMaximum", 1L)),
        properties.get("pair"));
    assertEquals(
        Set.of(
            "whole", "count", "number", "flag", "word", "time", "colour", "shape", "pair", "map"),
        Set.copyOf((List<?>) schema.getOrDefault("required", List.of())));
  }

  @Test
  void of_aTypeThatCannotBeWritten_isADefect() {
    record Odd(Thread thread) {}
    IllegalStateException defect =
        assertThrows(IllegalStateException.class, () -> ValueTypes.PLAIN.record(Odd.class));
    assertTrue(String.valueOf(defect.getMessage()).contains("java.lang.Thread"));
  }

  @Test
  void checks_withTheWrongNumberOfValues_areADefect() {
    assertThrows(IllegalStateException.class, () -> Checks.of(Plain.class, 1));
  }

  @Test
  void checks_byProgram_sayAllThatIsWrong() {
    InvalidValues invalid = assertThrows(InvalidValues.class, () -> new Heads(0, 1, 13));
    assertEquals("width is 0; allowed: at least 1; other is unlucky", invalid.getMessage());
  }

  private static <R extends Record> R decode(Class<R> type, String yaml) {
    Problems problems = new Problems();
    R value =
        ValueTypes.PLAIN
            .record(type)
            .decode(YamlReader.read(yaml, "f", problems).orElseThrow(), Place.root(problems))
            .orElseThrow(() -> new AssertionError(problems.list()));
    assertEquals(List.of(), problems.list());
    return value;
  }

  private static List<String> problems(Class<? extends Record> type, String yaml) {
    Problems problems = new Problems();
    ValueTypes.PLAIN
        .record(type)
        .decode(YamlReader.read(yaml, "f", problems).orElseThrow(), Place.root(problems));
    return problems.list().stream().map(Problem::toString).toList();
  }
}
