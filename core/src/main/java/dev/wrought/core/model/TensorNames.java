package dev.wrought.core.model;

import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Under which names an architecture's parts are stored. A layer's name is a prefix: its matrix is
 * {@code name.weight}, its bias {@code name.bias}.
 *
 * @param positionEmbedding present with learned positions
 * @param block the names of a block's parts, by the block's number from 0
 * @param head the layer that computes the logits, unless the embeddings are tied
 */
public record TensorNames(
    String tokenEmbedding,
    Optional<String> positionEmbedding,
    IntFunction<Block> block,
    String finalNorm,
    String head) {

  /**
   * One block's parts.
   *
   * @param queryKeyValue the layers whose outputs, one after another, are queries, keys and values:
   *     one fused layer or three
   * @param up the layers whose outputs, one after another, enter the activation: one, or gate and
   *     up
   */
  public record Block(
      String attentionNorm,
      List<String> queryKeyValue,
      String attentionOut,
      String feedForwardNorm,
      List<String> up,
      String down) {}
}
