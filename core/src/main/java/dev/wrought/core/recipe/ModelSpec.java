package dev.wrought.core.recipe;

import dev.wrought.core.config.AtLeast;
import dev.wrought.core.config.AtMost;
import dev.wrought.core.config.Checks;
import dev.wrought.core.config.Default;
import dev.wrought.core.config.Doc;
import dev.wrought.core.config.MoreThan;
import dev.wrought.core.error.Nearest;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.model.ModelConfig;
import dev.wrought.core.model.ModelOverrides;
import dev.wrought.core.model.Position;
import dev.wrought.core.model.Preset;
import dev.wrought.core.model.Presets;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A preset and what is changed of it. The vocabulary comes from the tokenizer. */
public record ModelSpec(
    @Doc("A family (llama, gpt2) or a preset (gpt2-124m); the fields below override it.")
        @Default("llama")
        String preset,
    @Doc("Decoder blocks.") @AtLeast(1) @AtMost(1024) OptionalInt layers,
    @Doc("Width of the residual stream.") @AtLeast(1) @AtMost(1 << 20) OptionalInt width,
    @Doc("Attention heads; a divisor of width.") @AtLeast(1) @AtMost(1 << 16) OptionalInt heads,
    @Doc("Key and value heads; a divisor of heads. By default as many as heads if those are given.")
        @AtLeast(1)
        @AtMost(1 << 16)
        OptionalInt keyValueHeads,
    @Doc("Inner width of the feed-forward layers. By default the family's multiple of width.")
        @AtLeast(1)
        @AtMost(1 << 23)
        OptionalInt feedForwardWidth,
    @Doc("Tokens of a sequence.") @AtLeast(2) @AtMost(1 << 24) OptionalInt contextLength,
    @Doc("Whether the output layer is the embedding.") Optional<Boolean> tiedEmbeddings,
    @Doc("Base of the rotary frequencies.") @MoreThan(1) OptionalDouble ropeTheta) {

  public ModelSpec {
    Checks.of(
            ModelSpec.class,
            preset,
            layers,
            width,
            heads,
            keyValueHeads,
            feedForwardWidth,
            contextLength,
            tiedEmbeddings,
            ropeTheta)
        .that(Presets.names().contains(preset), unknown(preset), "preset")
        .done();
  }

  private static String unknown(String preset) {
    return "is \"" + preset + "\"" + Nearest.allowed(preset, Presets.names());
  }

  /**
   * The model for a tokenizer's vocabulary.
   *
   * @throws WroughtException INVALID_ARGUMENT if the sizes do not fit together
   */
  public ModelConfig resolve(int vocabularySize) {
    return Presets.named(preset).resolve(overrides(), vocabularySize);
  }

  /** The model with the preset's own vocabulary, where only its other sizes matter. */
  private ModelConfig resolve() {
    return resolve(Presets.named(preset).shape().vocabularySize());
  }

  private ModelOverrides overrides() {
    return new ModelOverrides(
        contextLength,
        layers,
        width,
        heads,
        keyValueHeads,
        feedForwardWidth,
        tiedEmbeddings,
        ropeTheta);
  }

  /** The same model with everything that the preset decides written out. */
  ModelSpec resolved() {
    ModelConfig model = resolve();
    return new ModelSpec(
        preset,
        OptionalInt.of(model.layers()),
        OptionalInt.of(model.width()),
        OptionalInt.of(model.attention().heads()),
        OptionalInt.of(model.attention().keyValueHeads()),
        OptionalInt.of(model.feedForward().width()),
        OptionalInt.of(model.contextLength()),
        Optional.of(model.tiedEmbeddings()),
        model.position() instanceof Position.Rotary(double theta)
            ? OptionalDouble.of(theta)
            : OptionalDouble.empty());
  }

  /** The sequence length, whether given or the preset's. */
  int effectiveContextLength() {
    return contextLength.orElse(Presets.named(preset).shape().contextLength());
  }

  /** Checks what the sizes have to do with one another, as part of the recipe that holds them. */
  void checkFit(Checks checks) {
    Preset base = Presets.named(preset);
    int wide = width.orElse(base.shape().width());
    int queries = heads.orElse(base.shape().heads());
    int shared = keyValueHeads.orElse(heads.isPresent() ? queries : base.shape().keyValueHeads());
    checks
        .that(
            wide % queries == 0,
            "is %d; allowed: a divisor of width (%d), such as %s"
                .formatted(queries, wide, divisorsNear(wide, queries)),
            "model.heads",
            "model.width")
        .that(
            wide % queries != 0 || queries % shared == 0,
            "is %d; allowed: a divisor of heads (%d): %s"
                .formatted(shared, queries, divisorsNear(queries, shared)),
            "model.keyValueHeads",
            "model.heads");
    if (wide % queries == 0 && queries % shared == 0) {
      checkComposition(checks);
    }
  }

  private void checkComposition(Checks checks) {
    try {
      ModelConfig model = resolve();
      checks.that(
          ropeTheta.isEmpty() || model.position() instanceof Position.Rotary,
          "has no meaning with the preset " + preset + ", whose positions are learned",
          "model.ropeTheta");
      model.architecture();
    } catch (WroughtException impossible) {
      checks.that(false, String.valueOf(impossible.getMessage()), "model");
    }
  }

  /** Up to five divisors, nearest first. */
  private static String divisorsNear(int number, int wanted) {
    return IntStream.rangeClosed(1, number)
        .filter(candidate -> number % candidate == 0)
        .boxed()
        .sorted(
            Comparator.<Integer>comparingInt(d -> Math.abs(d - wanted)).thenComparingInt(d -> d))
        .limit(5)
        .sorted()
        .map(String::valueOf)
        .collect(Collectors.joining(", "));
  }
}
