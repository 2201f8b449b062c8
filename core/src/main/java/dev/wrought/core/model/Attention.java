package dev.wrought.core.model;

/**
 * Causal self-attention with {@code heads} queries that share {@code keyValueHeads} keys and values
 * in equal groups: all their own is multi-head attention (Vaswani et al. 2017), one for all is
 * multi-query (Shazeer 2019), between them is grouped-query attention (Ainslie et al. 2023).
 *
 * @param headDim the width of one head; {@code heads * headDim} need not be the model's width
 * @param bias whether the four projections carry a bias
 */
public record Attention(int heads, int keyValueHeads, int headDim, boolean bias) {
  public Attention {
    Checks.requireSize("attention heads", heads, 1 << 16);
    Checks.requireSize("key-value heads", keyValueHeads, 1 << 16);
    Checks.requireSize("head width", headDim, 1 << 16);
    Checks.require(
        heads % keyValueHeads == 0,
        () ->
            "%d key-value heads cannot be shared evenly by %d heads; allowed are the divisors of %d: %s"
                .formatted(keyValueHeads, heads, heads, Checks.divisors(heads)));
  }

  /** Multi-head attention over a model's width, every head with its own keys and values. */
  public static Attention multiHead(int width, int heads, boolean bias) {
    return grouped(width, heads, heads, bias);
  }

  /** Grouped-query attention whose heads together are as wide as the model. */
  public static Attention grouped(int width, int heads, int keyValueHeads, boolean bias) {
    Checks.requireSize("width", width, ModelConfig.MAX_WIDTH);
    Checks.requireSize("attention heads", heads, 1 << 16);
    Checks.require(
        width % heads == 0,
        () ->
            "%d heads do not divide the width %d; allowed are the divisors of %d: %s"
                .formatted(heads, width, width, Checks.divisors(width)));
    return new Attention(heads, keyValueHeads, width / heads, bias);
  }

  /** The width of all queries together. */
  public int queryWidth() {
    return heads * headDim;
  }

  /** The width of all keys, and of all values, together. */
  public int keyValueWidth() {
    return keyValueHeads * headDim;
  }
}
