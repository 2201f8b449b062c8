package dev.wrought.torch.transformer;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.model.ModelConfig;
import dev.wrought.core.model.TensorSpec;
import dev.wrought.torch.aten.ScalarType;
import dev.wrought.torch.aten.Tensors;
import dev.wrought.torch.autograd.TensorScope;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All trainable numbers of a model, each kind in one piece of memory: the float32 weights, their
 * copy in the format of the computation, and the sum of gradients. A tensor is a view of a piece,
 * under its checkpoint's name and in its checkpoint's shape.
 *
 * <p>One piece lets the optimizer, the norm of the gradient and the copy each run over the memory
 * once. The tensors with weight decay come first, so that each half takes one update; within a half
 * they keep the order of the checkpoint, so that the rows of query, key and value follow one
 * another and are computed as one matrix.
 */
public final class Parameters implements AutoCloseable {

  private record Place(TensorSpec spec, long offset) {}

  private final NDManager home = TensorScope.newHome();
  private final List<TensorSpec> specs;
  private final Map<String, Place> places = new LinkedHashMap<>();
  private final long size;
  private final long decaying;
  private final NDArray masters;
  private final NDArray values;
  private final NDArray gradients;

  private Parameters(ModelConfig config, ScalarType computeType, Device device) {
    specs = config.tensors();
    decaying = placeAll(true, 0);
    size = placeAll(false, decaying);
    try (TensorScope scope = TensorScope.within(home)) {
      Shape all = new Shape(size);
      masters = Tensors.zeros(all, ScalarType.FLOAT32, device);
      gradients = Tensors.zeros(all, ScalarType.FLOAT32, device);
      values =
          computeType == ScalarType.FLOAT32 ? masters : Tensors.zeros(all, computeType, device);
    }
  }

  /**
   * The weights of an untrained model, the same for the same seed.
   *
   * @param computeType BFLOAT16 or FLOAT32, the format of the matrix products
   */
  public static Parameters initialise(
      ModelConfig config, long seed, ScalarType computeType, Device device) {
    Parameters parameters = new Parameters(config, computeType, device);
    Initialiser initialiser = new Initialiser(config, seed);
    for (TensorSpec spec : parameters.specs) {
      parameters.load(spec.name(), initialiser.values(spec));
    }
    parameters.refreshValues();
    return parameters;
  }

  private long placeAll(boolean decays, long from) {
    long offset = from;
    for (TensorSpec spec : specs) {
      if (spec.role().decays() == decays) {
        places.put(spec.name(), new Place(spec, offset));
        offset += spec.elements();
      }
    }
    return offset;
  }

  /** The tensors in the checkpoint's order. */
  public List<TensorSpec> specs() {
    return specs;
  }

  /** How many numbers there are. */
  public long size() {
    return size;
  }

  /** The device on which they are. */
  public Device device() {
    return masters.getDevice();
  }

  /** The format of the matrix products. */
  public ScalarType computeType() {
    return Tensors.type(values);
  }

  /** Overwrites one tensor; {@link #refreshValues} must follow before the model computes. */
  public void load(String name, FloatBuffer numbers) {
    store(masters, name, numbers);
  }

  /** One tensor's numbers, copied. */
  public FloatBuffer floats(String name) {
    return floats(masters, name);
  }

  /** The sum of gradients of one tensor, copied. */
  public FloatBuffer gradientFloats(String name) {
    return floats(gradients, name);
  }

  /** Brings the computation's copy up to date with the weights. */
  public void refreshValues() {
    if (values != masters) {
      Tensors.copy(values, masters);
    }
  }

  /** Forgets the gradients. */
  public void clearGradients() {
    Tensors.zero(gradients);
  }

  /** All weights with decay, then all without, as two flat views of the innermost scope. */
  public List<NDArray> masterHalves() {
    return halves(masters);
  }

  /** The gradients of {@link #masterHalves}. */
  public List<NDArray> gradientHalves() {
    return halves(gradients);
  }

  /** A flat tensor of the layout of all weights, seen in the same two halves. */
  public List<NDArray> halves(NDArray flat) {
    return List.of(
        Tensors.narrow(flat, 0, 0, decaying), Tensors.narrow(flat, 0, decaying, size - decaying));
  }

  /** The numbers of one tensor within a flat tensor of the layout of all weights, copied. */
  public FloatBuffer floats(NDArray flat, String name) {
    Place place = place(name);
    try (TensorScope scope = TensorScope.open()) {
      return Tensors.toFloats(Tensors.narrow(flat, 0, place.offset(), place.spec().elements()));
    }
  }

  /** Overwrites one tensor within a flat tensor of the layout of all weights. */
  public void store(NDArray flat, String name, FloatBuffer numbers) {
    Place place = place(name);
    long expected = place.spec().elements();
    if (numbers.remaining() != expected) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT,
          "%s has %,d numbers, the model's has %,d".formatted(name, numbers.remaining(), expected));
    }
    try (TensorScope scope = TensorScope.open()) {
      Tensors.copy(
          Tensors.narrow(flat, 0, place.offset(), expected),
          Tensors.ofFloats(numbers, new Shape(expected), flat.getDevice()));
    }
  }

  /** All compute values as one flat tensor, to be tracked by autograd in tests. */
  NDArray values() {
    return values;
  }

  /** The weight of a layer. */
  Weight weight(String layer) {
    return rows(List.of(layer + ".weight"));
  }

  /** The weights of several layers as one matrix, whose rows are theirs one after another. */
  Weight weights(List<String> layers) {
    return rows(layers.stream().map(layer -> layer + ".weight").toList());
  }

  /** The biases of several layers one after another, if they have any. */
  Optional<Weight> biases(List<String> layers) {
    return places.containsKey(layers.getFirst() + ".bias")
        ? Optional.of(rows(layers.stream().map(layer -> layer + ".bias").toList()))
        : Optional.empty();
  }

  private Weight rows(List<String> names) {
    List<Place> parts = names.stream().map(this::place).toList();
    Place first = parts.getFirst();
    long[] shape = first.spec().shape();
    for (int i = 1; i < parts.size(); i++) {
      Place before = parts.get(i - 1);
      if (before.offset() + before.spec().elements() != parts.get(i).offset()) {
        throw new IllegalStateException(names + " do not follow one another");
      }
      shape[0] += parts.get(i).spec().dimensions().getFirst();
    }
    try (TensorScope scope = TensorScope.within(home)) {
      return new Weight(
          view(masters, first.offset(), shape),
          view(values, first.offset(), shape),
          view(gradients, first.offset(), shape),
          first.spec().transposed());
    }
  }

  private static NDArray view(NDArray flat, long offset, long[] shape) {
    try (NDArray part = Tensors.narrow(flat, 0, offset, new Shape(shape).size())) {
      return Tensors.reshape(part, shape);
    }
  }

  private Place place(String name) {
    Place place = places.get(name);
    if (place == null) {
      throw new WroughtException(
          ErrorCode.NOT_FOUND,
          "the model has no tensor \"%s\"; its first are %s"
              .formatted(name, new ArrayList<>(places.keySet()).subList(0, 3)));
    }
    return place;
  }

  @Override
  public void close() {
    home.close();
  }
}
