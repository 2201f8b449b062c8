package dev.wrought.core.model;

import java.util.List;

/**
 * One tensor of a checkpoint.
 *
 * @param name its name in model.safetensors, Hugging Face's
 * @param dimensions its shape in the file, outermost first
 * @param transposed whether a matrix is stored [in, out] (GPT-2's Conv1D) where a linear layer has
 *     [out, in]
 * @param role what it is to the model, which decides its initial values, its weight decay and how
 *     it is optimized
 */
public record TensorSpec(String name, List<Long> dimensions, boolean transposed, Role role) {

  /** What a tensor is to the model. */
  public enum Role {
    /** Rows looked up by token or by place. */
    EMBEDDING,
    /** A matrix of a linear layer. */
    LINEAR,
    /** The matrix of a linear layer whose output is added to the residual stream. */
    RESIDUAL_LINEAR,
    /** The matrix that makes logits of the residual stream, where it is not the embedding. */
    HEAD,
    /** A linear layer's bias. */
    BIAS,
    /** A norm's weight, one at the start. */
    NORM_WEIGHT,
    /** A norm's bias, zero at the start. */
    NORM_BIAS;

    /** Weight decay holds for matrices only: biases and norms are left alone. */
    public boolean decays() {
      return switch (this) {
        case EMBEDDING, LINEAR, RESIDUAL_LINEAR, HEAD -> true;
        case BIAS, NORM_WEIGHT, NORM_BIAS -> false;
      };
    }

    /** Whether it is a matrix between hidden states: neither tokens nor logits are on a side. */
    public boolean hidden() {
      return this == LINEAR || this == RESIDUAL_LINEAR;
    }
  }

  public TensorSpec {
    dimensions = List.copyOf(dimensions);
  }

  static TensorSpec embedding(String name, long rows, long width) {
    return new TensorSpec(name, List.of(rows, width), false, Role.EMBEDDING);
  }

  static TensorSpec vector(String name, long width, Role role) {
    return new TensorSpec(name, List.of(width), false, role);
  }

  /** The shape in the file. */
  public long[] shape() {
    return dimensions.stream().mapToLong(Long::longValue).toArray();
  }

  /** How many numbers it holds. */
  public long elements() {
    return dimensions.stream().reduce(1L, Math::multiplyExact);
  }
}
