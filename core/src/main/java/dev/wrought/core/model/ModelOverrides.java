package dev.wrought.core.model;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** What a recipe changes about a preset; what is empty stays as the preset has it. */
public record ModelOverrides(
    OptionalInt contextLength,
    OptionalInt layers,
    OptionalInt width,
    OptionalInt heads,
    OptionalInt keyValueHeads,
    OptionalInt feedForwardWidth,
    Optional<Boolean> tiedEmbeddings,
    OptionalDouble ropeTheta) {

  /** The preset as it is. */
  public static final ModelOverrides NONE =
      new ModelOverrides(
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          Optional.empty(),
          OptionalDouble.empty());

  /**
   * The preset's sizes with these changes. A width that changes takes the feed-forward network with
   * it by the family's rule, and a number of heads the number of key-value heads, unless they are
   * given too.
   */
  ModelShape applyTo(ModelShape shape, Family family) {
    int newWidth = width.orElse(shape.width());
    int newHeads = heads.orElse(shape.heads());
    return new ModelShape(
        shape.vocabularySize(),
        contextLength.orElse(shape.contextLength()),
        layers.orElse(shape.layers()),
        newWidth,
        newHeads,
        keyValueHeads.orElse(heads.isPresent() ? newHeads : shape.keyValueHeads()),
        feedForwardWidth.orElse(
            width.isPresent() ? family.feedForwardWidth(newWidth) : shape.feedForwardWidth()));
  }
}
