package dev.wrought.torch.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.wrought.core.model.TensorSpec;
import dev.wrought.torch.aten.ScalarType;
import dev.wrought.torch.aten.Tensors;
import dev.wrought.torch.aten.Updates;
import dev.wrought.torch.autograd.GradMode;
import dev.wrought.torch.autograd.TensorScope;
import dev.wrought.torch.transformer.Parameters;
import dev.wrought.torch.transformer.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Momentum, orthogonalised by Newton-Schulz, for the matrices of hidden layers; {@link AdamW} for
 * embeddings, the head and vectors. A matrix of [A,B] moves by 0.2 sqrt(max(A,B)) times the
 * learning rate, so that its numbers move as far as AdamW's typically do, and one learning rate
 * serves both. A matrix is what a checkpoint has as one: GPT-2's query, key and value together,
 * LLaMA's each by itself.
 *
 * <p>Source: Jordan et al. 2024, "Muon: An optimizer for hidden layers in neural networks"; Liu et
 * al. 2025, "Muon is scalable for LLM training", section 2.2.
 */
public final class Muon implements Optimizer {
  private static final String MOMENTUM = "momentum_buffer";

  /** AdamW's usual size of a change, as root mean square over a matrix, in learning rates. */
  private static final double ADAMW_RMS = 0.2;

  /**
   * The constants of the method.
   *
   * @param momentum decay of the running mean of the gradient
   * @param others for what is no matrix of a hidden layer; its weight decay holds for all matrices
   */
  public record Settings(double momentum, AdamW.Settings others) {
    public Settings {
      AdamW.requireRange("Muon's momentum", momentum, 1);
    }
  }

  /** A matrix, as the flat weights and the flat momentum have it. */
  private record Matrix(TensorSpec tensor, Part weights, Part momentum) {
    /** The matrix with no more rows than columns: the method does not see the difference. */
    private NDArray wide(NDArray flat, Part part) {
      NDArray matrix = Tensors.reshape(part.of(flat), new Shape(tensor.shape()));
      return rows() > columns() ? Tensors.transpose(matrix, 0, 1) : matrix;
    }

    private long size() {
      return tensor.elements();
    }

    private long rows() {
      return tensor.dimensions().getFirst();
    }

    private long columns() {
      return tensor.dimensions().getLast();
    }
  }

  private final Settings settings;
  private final AdamW others;
  private final NDManager home = TensorScope.newHome();

  /** The largest first, so that dealt out in turn they make nearly even shares. */
  private final List<Matrix> matrices = new ArrayList<>();

  private final NDArray momenta;

  public Muon(Parameters parameters, Settings settings) {
    this.settings = settings;
    others = new AdamW(parameters, settings.others(), tensor -> !tensor.role().hidden());
    long size = 0;
    for (TensorSpec tensor : parameters.specs()) {
      if (tensor.role().hidden()) {
        Part momentum = new Part(size, size + tensor.elements());
        matrices.add(new Matrix(tensor, parameters.part(tensor.name()), momentum));
        size = momentum.end();
      }
    }
    matrices.sort(Comparator.comparingLong(Matrix::size).reversed());
    try (TensorScope scope = TensorScope.within(home)) {
      momenta = Tensors.zeros(new Shape(size), ScalarType.FLOAT32, parameters.device());
    }
  }

  @Override
  public Parameters parameters() {
    return others.parameters();
  }

  @Override
  public void beginStep() {
    others.beginStep();
  }

  @Override
  public void update(Share share, Update update) {
    others.update(share, update);
    for (int i = share.index(); i < matrices.size(); i += share.count()) {
      update(matrices.get(i), update);
    }
  }

  private void update(Matrix matrix, Update update) {
    try (GradMode mode = GradMode.off();
        TensorScope scope = TensorScope.open()) {
      double longer = Math.max(matrix.rows(), matrix.columns());
      Updates.muon(
          matrix.wide(parameters().masters(), matrix.weights()),
          matrix.wide(update.gradients(), matrix.weights()),
          matrix.wide(momenta, matrix.momentum()),
          Tensors.scalar(update.gradientDivisor()),
          settings.momentum(),
          1 - update.learningRate() * settings.others().weightDecay(),
          update.learningRate() * ADAMW_RMS * Math.sqrt(longer));
      parameters().refreshValues(matrix.weights());
    }
  }

  @Override
  public long steps() {
    return others.steps();
  }

  @Override
  public void setSteps(long count) {
    others.setSteps(count);
  }

  /** {@code momentum_buffer} of the matrices, and AdamW's state of the others. */
  @Override
  public List<State> state() {
    List<State> state = new ArrayList<>(others.state());
    matrices.forEach(
        matrix -> state.add(new State(MOMENTUM, matrix.tensor(), momenta, matrix.momentum())));
    return state;
  }

  @Override
  public void close() {
    others.close();
    home.close();
  }
}
