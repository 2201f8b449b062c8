package dev.wrought.serving.weights;

import dev.wrought.core.model.ModelConfig;
import dev.wrought.serving.kernel.PackedMatrix;
import java.util.List;
import java.util.Optional;

/**
 * A decoder's numbers, in the order of its forward pass. Matrices are off heap, embeddings stay in
 * the mapped file; both live as long as the {@link LoadedCheckpoint}. Read-only.
 *
 * @param tokenEmbedding [vocabulary, width]
 * @param positionEmbedding [context, width], present with learned positions
 * @param head computes the logits; with tied embeddings a packed copy of the token embedding
 */
public record ModelWeights(
    ModelConfig config,
    TensorRows tokenEmbedding,
    Optional<TensorRows> positionEmbedding,
    List<Block> blocks,
    Normalisation finalNorm,
    PackedMatrix head) {

  public ModelWeights {
    blocks = List.copyOf(blocks);
  }

  /**
   * One block.
   *
   * @param queryKeyValue outputs queries, keys and values, one behind another
   * @param up outputs what enters the activation: one part, or gate and up one behind the other
   */
  public record Block(
      Normalisation attentionNorm,
      PackedMatrix queryKeyValue,
      PackedMatrix attentionOut,
      Normalisation feedForwardNorm,
      PackedMatrix up,
      PackedMatrix down) {

    long sizeBytes() {
      return packed(queryKeyValue) + packed(attentionOut) + packed(up) + packed(down);
    }
  }

  /** A norm's weight and bias; RMSNorm has no bias, then it is empty. */
  @SuppressWarnings("ArrayRecordComponent") // Read in every step, never compared.
  public record Normalisation(float[] gain, float[] bias) {}

  /** The memory that it holds, the mapped embeddings included. */
  public long sizeBytes() {
    return tokenEmbedding.sizeBytes()
        + positionEmbedding.map(TensorRows::sizeBytes).orElse(0L)
        + blocks.stream().mapToLong(Block::sizeBytes).sum()
        + packed(head);
  }

  private static long packed(PackedMatrix matrix) {
    return PackedMatrix.sizeBytes(matrix.outputs(), matrix.inputs());
  }
}
