package dev.wrought.torch.transformer;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.model.ModelConfig;
import dev.wrought.core.model.Position;
import dev.wrought.core.model.TensorNames;
import dev.wrought.torch.aten.Tensors;
import dev.wrought.torch.autograd.GradMode;
import dev.wrought.torch.autograd.TensorScope;
import dev.wrought.torch.transformer.TokenLoss.LossAndGradient;
import dev.wrought.torch.transformer.TokenLoss.Targets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * A decoder-only transformer over its {@link Parameters}: a vector for each token, blocks of
 * attention and feed-forward on a residual stream, a norm, and logits for the next token.
 *
 * <p>For one thread at a time; several decoders over the same parameters compute at once, each with
 * gradients of its own. The parameters outlive it and are closed by whoever made them.
 */
public final class Decoder implements AutoCloseable {

  private final ModelConfig config;
  private final Parameters parameters;
  private final Gradients gradients;
  private final NDManager home = TensorScope.newHome();
  private final Embedding embedding;
  private final List<Block> blocks = new ArrayList<>();
  private final Norm finalNorm;
  private final TokenLoss loss;
  private final Masks masks;

  public Decoder(ModelConfig config, Parameters parameters) {
    this.config = config;
    this.parameters = parameters;
    masks = new Masks(home, parameters.computeType(), parameters.device());
    gradients = new Gradients(parameters);
    Weights weights = new Weights(parameters, gradients);
    TensorNames names = config.architecture().names();
    try (TensorScope scope = TensorScope.within(home)) {
      Weight tokens = weights.of(names.tokenEmbedding());
      embedding = new Embedding(tokens, names.positionEmbedding().map(weights::of));
      Optional<Rotary> rotary = rotary();
      for (int layer = 0; layer < config.layers(); layer++) {
        blocks.add(block(weights, names.block().apply(layer), rotary));
      }
      finalNorm = Norm.of(weights, names.finalNorm(), config.norm());
      loss = new TokenLoss(config.tiedEmbeddings() ? tokens : weights.of(names.head()));
    }
  }

  private Optional<Rotary> rotary() {
    return switch (config.position()) {
      case Position.Learned _ -> Optional.empty();
      case Position.Rotary(double theta) ->
          Optional.of(
              new Rotary(
                  home,
                  theta,
                  config.attention().headDim(),
                  config.contextLength(),
                  parameters.computeType(),
                  device()));
    };
  }

  private Block block(Weights weights, TensorNames.Block names, Optional<Rotary> rotary) {
    return new Block(
        Norm.of(weights, names.attentionNorm(), config.norm()),
        new Attention(
            weights.linear(names.queryKeyValue()),
            weights.linear(List.of(names.attentionOut())),
            rotary,
            config.attention()),
        Norm.of(weights, names.feedForwardNorm(), config.norm()),
        FeedForward.of(
            weights.linear(names.up()),
            weights.linear(List.of(names.down())),
            config.feedForward()),
        parameters.computeType());
  }

  /** The model's description. */
  public ModelConfig config() {
    return config;
  }

  /** The numbers that it computes with. */
  public Parameters parameters() {
    return parameters;
  }

  /** Where {@link #lossAndGradient} sums the gradients. */
  public Gradients gradients() {
    return gradients;
  }

  private Device device() {
    return parameters.device();
  }

  /**
   * The logits of the next token at every place.
   *
   * @return [B,T,V] in the format of the computation, owned by the innermost scope
   */
  public NDArray logits(TokenBatch batch) {
    Window window = window(batch);
    NDArray h = hidden(ids(batch), window, Tape.none()); //                    [N,C]
    Shape shape = new Shape(batch.sequences(), batch.length(), config.vocabularySize());
    return Tensors.reshape(loss.logits(h), shape);
  }

  /** The weighted sum of the losses of a batch, in nats, without gradients. */
  public double loss(TokenBatch batch) {
    try (GradMode mode = GradMode.off();
        TensorScope scope = TensorScope.open()) {
      NDArray h = hidden(ids(batch), window(batch), Tape.none()); //           [N,C]
      return loss.forward(h, targets(batch));
    }
  }

  /**
   * The weighted sum of the losses of a batch, in nats; adds its gradient to {@link #gradients}.
   */
  public double lossAndGradient(TokenBatch batch) {
    try (GradMode mode = GradMode.off();
        TensorScope scope = TensorScope.open()) {
      Tape tape = Tape.recording();
      Window window = window(batch);
      NDArray ids = ids(batch);
      NDArray h = hidden(ids, window, tape); //                                [N,C]
      LossAndGradient end = loss.forwardBackward(h, targets(batch));
      NDArray dx = finalNorm.backward(end.dh(), tape); //                      [N,C]
      for (Block block : blocks.reversed()) {
        dx = block.backward(dx, window, tape);
      }
      embedding.backward(dx, ids, window);
      return Tensors.item(end.loss());
    }
  }

  private NDArray hidden(NDArray ids, Window window, Tape tape) {
    NDArray x = embedding.forward(ids, window); //                             [N,C]
    for (Block block : blocks) {
      x = block.forward(x, window, tape);
    }
    return finalNorm.forward(x, tape);
  }

  private NDArray ids(TokenBatch batch) {
    requireKnown(batch);
    return Tensors.ofInts(batch.inputs(), new Shape(batch.tokens()), device());
  }

  private void requireKnown(TokenBatch batch) {
    if (batch.length() > config.contextLength()) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT,
          "a sequence of %d tokens is longer than the model's context of %d"
              .formatted(batch.length(), config.contextLength()));
    }
    OptionalInt stranger =
        IntStream.of(batch.inputs())
            .filter(id -> id < 0 || id >= config.vocabularySize())
            .findFirst();
    if (stranger.isPresent()) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT,
          "token %d is outside the vocabulary of %d"
              .formatted(stranger.getAsInt(), config.vocabularySize()));
    }
  }

  private Window window(TokenBatch batch) {
    return new Window(batch.sequences(), batch.length(), masks.of(batch));
  }

  private Targets targets(TokenBatch batch) {
    Shape rows = new Shape(batch.tokens());
    return new Targets(
        Tensors.ofInts(batch.safeTargets(), rows, device()),
        Tensors.ofFloats(batch.effectiveWeights(), rows, device()));
  }

  @Override
  public void close() {
    gradients.close();
    home.close();
  }
}
