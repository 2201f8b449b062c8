package dev.wrought.core.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.config.InvalidValues;
import dev.wrought.core.model.ModelConfig;
import dev.wrought.core.model.Presets;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ModelSpecTest {
  private static final OptionalInt NOT_GIVEN = OptionalInt.empty();

  @Test
  void resolve_aPreset_isThatModelWithTheTokenizersVocabulary() {
    ModelConfig published = Presets.named("gpt2-124m").config();
    assertEquals(published, spec("gpt2-124m", NOT_GIVEN, NOT_GIVEN).resolve(50_257));
    assertEquals(8000, spec("gpt2-124m", NOT_GIVEN, NOT_GIVEN).resolve(8000).vocabularySize());
  }

  @Test
  void resolve_aFamilyWithSizes_takesThem() {
    ModelConfig model = spec("llama", OptionalInt.of(2), OptionalInt.of(4)).resolve(1000);
    assertEquals(2, model.layers());
    assertEquals(4, model.attention().heads());
    assertEquals(4, model.attention().keyValueHeads());
  }

  @Test
  void resolved_everyPreset_isTheSameModelWrittenOut() {
    for (String preset : Presets.names()) {
      ModelSpec given = spec(preset, NOT_GIVEN, NOT_GIVEN);
      ModelSpec resolved = given.resolved();
      assertTrue(resolved.layers().isPresent() && resolved.contextLength().isPresent(), preset);
      assertEquals(given.resolve(1000), resolved.resolve(1000), preset);
      assertEquals(resolved, resolved.resolved(), preset);
    }
  }

  @Test
  void new_outOfRange_isRefused() {
    assertThrows(InvalidValues.class, () -> spec("llama", OptionalInt.of(0), NOT_GIVEN));
    assertThrows(InvalidValues.class, () -> spec("lama", NOT_GIVEN, NOT_GIVEN));
  }

  private static ModelSpec spec(String preset, OptionalInt layers, OptionalInt heads) {
    return new ModelSpec(
        preset,
        layers,
        NOT_GIVEN,
        heads,
        NOT_GIVEN,
        NOT_GIVEN,
        NOT_GIVEN,
        Optional.empty(),
        OptionalDouble.empty());
  }
}
