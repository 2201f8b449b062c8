package dev.wrought.core.model;

import java.nio.file.Path;
import java.util.List;

/**
 * A decoder-only transformer as a composition of parts: everything that decides its tensors and its
 * arithmetic, and nothing about its training.
 *
 * <p>Two configurations are equal exactly when the models are. Read from and written to {@code
 * config.json} under Hugging Face names, so that {@code transformers} loads a checkpoint as it is.
 *
 * @param vocabularySize rows of the token embedding
 * @param contextLength the most tokens that the model sees at once
 * @param layers blocks of attention and feed-forward
 * @param width the residual stream's, C in model code
 * @param tiedEmbeddings whether the logits are computed with the token embedding's matrix
 * @param initializerStd standard deviation of the initial weights
 * @param specialIds begin- and end-of-text
 * @param weightType the format of the weights in the checkpoint
 */
public record ModelConfig(
    int vocabularySize,
    int contextLength,
    int layers,
    int width,
    Position position,
    Norm norm,
    Attention attention,
    FeedForward feedForward,
    boolean tiedEmbeddings,
    double initializerStd,
    SpecialIds specialIds,
    WeightType weightType) {

  static final int MAX_WIDTH = 1 << 20;

  public ModelConfig {
    Checks.requireSize("vocabulary size", vocabularySize, 1 << 26);
    Checks.requireSize("context length", contextLength, 1 << 26);
    Checks.requireSize("layers", layers, 100_000);
    Checks.requireSize("width", width, MAX_WIDTH);
    Checks.require(
        initializerStd > 0 && initializerStd < 10,
        () -> "initializer_range is " + initializerStd + ", it must be between 0 and 10");
    requireEvenHeads(position, attention);
    requireInVocabulary(specialIds, vocabularySize);
  }

  /**
   * Reads config.json.
   *
   * @throws dev.wrought.core.error.WroughtException INVALID_ARGUMENT if it describes no model of
   *     ours, naming the architectures known; CORRUPT_FILE if it is no JSON
   */
  public static ModelConfig read(Path configJson) {
    return ConfigJson.read(configJson);
  }

  /** Writes config.json; what {@link #read} reads back is equal. */
  public void write(Path configJson) {
    ConfigJson.write(this, configJson);
  }

  /** The published architecture that this composition is. */
  public Architecture architecture() {
    return Architecture.of(this);
  }

  /** Every tensor of the checkpoint, in the order of the forward pass. */
  public List<TensorSpec> tensors() {
    return architecture().tensors(this);
  }

  /** All trainable numbers; tied embeddings count once. */
  public long parameterCount() {
    return tensors().stream().mapToLong(TensorSpec::elements).sum();
  }

  /**
   * Floating-point operations to train on one token, forward and backward: {@code 6N + 12 L H Q T}
   * with N parameters, L layers, H heads of width Q and sequences of T tokens.
   *
   * <p>N counts every parameter, position embeddings too: so counted, GPT-2 124M at 1024 tokens
   * needs the 859,885,056 that is quoted for it. (nanoGPT's code leaves out position embeddings and
   * would arrive at 855,166,464.) Source: PaLM, appendix B; nanoGPT, estimate_mfu.
   */
  public double flopsPerToken(int tokens) {
    return 6.0 * parameterCount() + 12.0 * layers * attention.queryWidth() * tokens;
  }

  /** The same model with another vocabulary. */
  public ModelConfig withVocabularySize(int size) {
    return new ModelConfig(
        size,
        contextLength,
        layers,
        width,
        position,
        norm,
        attention,
        feedForward,
        tiedEmbeddings,
        initializerStd,
        specialIds,
        weightType);
  }

  /** The same model with other begin- and end-of-text ids. */
  public ModelConfig withSpecialIds(SpecialIds ids) {
    return new ModelConfig(
        vocabularySize,
        contextLength,
        layers,
        width,
        position,
        norm,
        attention,
        feedForward,
        tiedEmbeddings,
        initializerStd,
        ids,
        weightType);
  }

  /** The same model stored in another number format. */
  public ModelConfig withWeightType(WeightType type) {
    return new ModelConfig(
        vocabularySize,
        contextLength,
        layers,
        width,
        position,
        norm,
        attention,
        feedForward,
        tiedEmbeddings,
        initializerStd,
        specialIds,
        type);
  }

  private static void requireEvenHeads(Position position, Attention attention) {
    Checks.require(
        !(position instanceof Position.Rotary) || attention.headDim() % 2 == 0,
        () ->
            "rotary positions turn pairs, but a head is %d wide; it must be even"
                .formatted(attention.headDim()));
  }

  private static void requireInVocabulary(SpecialIds ids, int vocabularySize) {
    ids.begin().ifPresent(id -> requireInVocabulary("bos_token_id", id, vocabularySize));
    ids.end().ifPresent(id -> requireInVocabulary("eos_token_id", id, vocabularySize));
  }

  private static void requireInVocabulary(String key, int id, int vocabularySize) {
    Checks.require(
        id >= 0 && id < vocabularySize,
        () -> "%s is %d, outside the vocabulary of %d tokens".formatted(key, id, vocabularySize));
  }
}
