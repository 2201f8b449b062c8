package dev.wrought.core.model;

/** The compositions that were published under one name, in many sizes. */
public enum Family {
  /** GPT-2 and GPT-3. */
  GPT2 {
    @Override
    int feedForwardWidth(int width) {
      return 4 * width;
    }

    @Override
    ModelConfig compose(ModelShape shape, boolean tied, double ropeTheta) {
      return new ModelConfig(
          shape.vocabularySize(),
          shape.contextLength(),
          shape.layers(),
          shape.width(),
          new Position.Learned(),
          new Norm.LayerNorm(1e-5),
          Attention.grouped(shape.width(), shape.heads(), shape.keyValueHeads(), true),
          new FeedForward.Gelu(shape.feedForwardWidth(), true, true),
          tied,
          0.02,
          SpecialIds.NONE,
          WeightType.FLOAT32);
    }
  },
  /** LLaMA and Llama 3. */
  LLAMA {
    @Override
    int feedForwardWidth(int width) {
      return FeedForward.SwiGlu.llamaWidth(width);
    }

    @Override
    ModelConfig compose(ModelShape shape, boolean tied, double ropeTheta) {
      return new ModelConfig(
          shape.vocabularySize(),
          shape.contextLength(),
          shape.layers(),
          shape.width(),
          new Position.Rotary(ropeTheta),
          new Norm.RmsNorm(1e-5),
          Attention.grouped(shape.width(), shape.heads(), shape.keyValueHeads(), false),
          new FeedForward.SwiGlu(shape.feedForwardWidth(), false),
          tied,
          0.02,
          SpecialIds.NONE,
          WeightType.FLOAT32);
    }
  };

  /** The family's rule for the width of the feed-forward network. */
  abstract int feedForwardWidth(int width);

  abstract ModelConfig compose(ModelShape shape, boolean tied, double ropeTheta);
}
