package dev.wrought.core.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PresetsTest {

  @ParameterizedTest
  @CsvSource({
    "gpt2-124m, 124439808",
    "gpt2-355m, 354823168",
    "gpt2-774m, 774030080",
    "gpt2-1558m, 1557611200",
    "gpt3-125m, 125226240",
    "gpt3-350m, 355871744",
    "gpt3-760m, 760300032",
    "gpt3-1.3b, 1315723264",
    "gpt3-2.7b, 2651553280",
    "gpt3-6.7b, 6658404352",
    "gpt3-13b, 12952938780",
    "gpt3-175b, 174604259328",
    "llama-7b, 6738415616",
    "llama-13b, 13015864320",
    "llama-33b, 32528943616",
    "llama-65b, 65285660672",
    "llama3-8b, 8030261248",
  })
  void parameterCount_publishedModel_matchesToTheDigit(String name, long parameters) {
    assertEquals(parameters, Presets.named(name).config().parameterCount());
  }

  @Test
  void flopsPerToken_gpt2At1024_isTheQuotedFigure() {
    assertEquals(859_885_056.0, Presets.named("gpt2-124m").config().flopsPerToken(1024));
  }

  @ParameterizedTest
  @CsvSource({"4096, 11008", "5120, 13824", "6656, 17920", "8192, 22016", "384, 1024"})
  void llamaWidth_publishedWidths_followTheRule(int width, int feedForward) {
    assertEquals(feedForward, FeedForward.SwiGlu.llamaWidth(width));
  }

  @Test
  void named_unknown_listsTheKnown() {
    WroughtException e = assertThrows(WroughtException.class, () -> Presets.named("gpt5"));
    assertEquals(ErrorCode.NOT_FOUND, e.code());
    assertTrue(e.getMessage().contains("gpt2-124m"), e.getMessage());
  }

  @Test
  void resolve_widthAndHeads_takeTheirCompanionsAlong() {
    ModelConfig config = Presets.named("llama").resolve(overrides(256, 4), 4096);
    assertEquals(4096, config.vocabularySize());
    assertEquals(new Attention(4, 4, 64, false), config.attention());
    assertEquals(768, config.feedForward().width());
    assertTrue(config.tiedEmbeddings());
  }

  @Test
  void resolve_headsThatDoNotDivide_namesTheDivisors() {
    Preset llama = Presets.named("llama");
    WroughtException e =
        assertThrows(WroughtException.class, () -> llama.resolve(overrides(100, 7), 4096));
    assertEquals(
        "7 heads do not divide the width 100; allowed are the divisors of 100: "
            + "1, 2, 4, 5, 10, 20, 25, 50, 100",
        e.getMessage());
  }

  private static ModelOverrides overrides(int width, int heads) {
    return new ModelOverrides(
        OptionalInt.empty(),
        OptionalInt.of(2),
        OptionalInt.of(width),
        OptionalInt.of(heads),
        OptionalInt.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        OptionalDouble.empty());
  }
}
