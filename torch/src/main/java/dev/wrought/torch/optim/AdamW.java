package dev.wrought.torch.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.model.TensorSpec;
import dev.wrought.torch.aten.ScalarType;
import dev.wrought.torch.aten.Tensors;
import dev.wrought.torch.aten.Updates;
import dev.wrought.torch.aten.Updates.Moments;
import dev.wrought.torch.autograd.GradMode;
import dev.wrought.torch.autograd.TensorScope;
import dev.wrought.torch.transformer.Parameters;
import dev.wrought.torch.transformer.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Adam with decoupled weight decay, on matrices and embeddings only. Source: Loshchilov and Hutter
 * 2019.
 */
public final class AdamW implements Optimizer {
  private static final String MEAN = "exp_avg";
  private static final String VARIANCE = "exp_avg_sq";

  /**
   * The constants of the method.
   *
   * @param weightDecay by which matrices shrink, times the learning rate, at every step
   */
  public record Settings(double beta1, double beta2, double epsilon, double weightDecay) {

    /** LLaMA's: betas 0.9 and 0.95, epsilon 1e-8, decay 0.1. */
    public static final Settings LLAMA = new Settings(0.9, 0.95, 1e-8, 0.1);

    public Settings {
      requireRange("AdamW's beta1", beta1, 1);
      requireRange("AdamW's beta2", beta2, 1);
      requireRange("AdamW's epsilon", epsilon, 1);
      requireRange("AdamW's weightDecay", weightDecay, 10);
    }
  }

  static void requireRange(String name, double value, double below) {
    if (!(value >= 0 && value < below)) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT,
          "%s is %s, it must be at least 0 and below %s".formatted(name, value, below));
    }
  }

  /** Tensors that follow one another in the weights and in the moments. */
  private record Stretch(Part weights, Part moments, boolean decays) {}

  private final Parameters parameters;
  private final Settings settings;
  private final NDManager home = TensorScope.newHome();
  private final Map<TensorSpec, Part> places = new LinkedHashMap<>();
  private final List<Stretch> stretches = new ArrayList<>();
  private final NDArray means;
  private final NDArray variances;
  private long size;
  private long steps;

  public AdamW(Parameters parameters, Settings settings) {
    this(parameters, settings, tensor -> true);
  }

  /**
   * For some of the weights.
   *
   * @param chosen whether it changes a tensor
   */
  AdamW(Parameters parameters, Settings settings, Predicate<TensorSpec> chosen) {
    this.parameters = parameters;
    this.settings = settings;
    parameters.layout().filter(chosen).forEach(this::place);
    try (TensorScope scope = TensorScope.within(home)) {
      means = Tensors.zeros(new Shape(size), ScalarType.FLOAT32, parameters.device());
      variances = Tensors.zeros(new Shape(size), ScalarType.FLOAT32, parameters.device());
    }
  }

  /** The next tensor of the layout; it lengthens the last stretch if it lies right behind. */
  private void place(TensorSpec tensor) {
    Part weights = parameters.part(tensor.name());
    Part moments = new Part(size, size + tensor.elements());
    boolean decays = tensor.role().decays();
    places.put(tensor, moments);
    size = moments.end();
    if (!stretches.isEmpty()) {
      Stretch last = stretches.getLast();
      if (last.weights().end() == weights.start() && last.decays() == decays) {
        stretches.removeLast();
        weights = new Part(last.weights().start(), weights.end());
        moments = new Part(last.moments().start(), moments.end());
      }
    }
    stretches.add(new Stretch(weights, moments, decays));
  }

  @Override
  public Parameters parameters() {
    return parameters;
  }

  @Override
  public void beginStep() {
    steps++;
  }

  @Override
  public void update(Share share, Update update) {
    Part own = share.of(size);
    try (GradMode mode = GradMode.off();
        TensorScope scope = TensorScope.open()) {
      NDArray divisor = Tensors.scalar(update.gradientDivisor());
      for (Stretch stretch : stretches) {
        Part moments = stretch.moments().within(own);
        if (moments.length() > 0) {
          Part weights = moments.moved(stretch.weights().start() - stretch.moments().start());
          double decay = stretch.decays() ? settings.weightDecay() : 0;
          Updates.adamW(
              weights.of(parameters.masters()),
              weights.of(update.gradients()),
              moments.of(means),
              moments.of(variances),
              new Updates.Step(steps, update.learningRate(), decay, divisor),
              new Moments(settings.beta1(), settings.beta2(), settings.epsilon()));
          parameters.refreshValues(weights);
        }
      }
    }
  }

  @Override
  public long steps() {
    return steps;
  }

  @Override
  public void setSteps(long count) {
    steps = count;
  }

  /** Running means of the gradient ({@code exp_avg}) and of its square ({@code exp_avg_sq}). */
  @Override
  public List<State> state() {
    List<State> state = new ArrayList<>();
    places.forEach((tensor, part) -> {
      state.add(new State(MEAN, tensor, means, part));
      state.add(new State(VARIANCE, tensor, variances, part));
    });
    return state;
  }

  @Override
  public void close() {
    home.close();
  }
}
