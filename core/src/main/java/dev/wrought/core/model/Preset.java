package dev.wrought.core.model;

/**
 * A named model: a family, its sizes, and what else tells it from its siblings.
 *
 * @param ropeTheta the rotary base; families without rotary positions ignore it
 */
public record Preset(
    String name, Family family, ModelShape shape, boolean tiedEmbeddings, double ropeTheta) {

  /** The published model. */
  public ModelConfig config() {
    return resolve(ModelOverrides.NONE, shape.vocabularySize());
  }

  /**
   * The preset with changes, for a tokenizer's vocabulary.
   *
   * @throws dev.wrought.core.error.WroughtException INVALID_ARGUMENT if the sizes do not fit
   *     together
   */
  public ModelConfig resolve(ModelOverrides overrides, int vocabularySize) {
    return family
        .compose(
            overrides.applyTo(shape, family),
            overrides.tiedEmbeddings().orElse(tiedEmbeddings),
            overrides.ropeTheta().orElse(ropeTheta))
        .withVocabularySize(vocabularySize);
  }
}
