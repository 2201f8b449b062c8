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
import java.util.stream.Stream;

/**
 * All trainable numbers of a model in one piece of memory, float32, and their copy in the format of
 * the computation. A tensor is a view of the piece, under its checkpoint's name and in its
 * checkpoint's shape.
 *
 * <p>One piece lets the optimizer run over the memory once, in equal shares for its threads. The
 * tensors with weight decay come first; otherwise they keep the order of the checkpoint, so that
 * the rows of query, key and value follow one another and are computed as one matrix.
 */
public final class Parameters implements AutoCloseable {

  private record Place(TensorSpec spec, Part part) {}

  private final NDManager home = TensorScope.newHome();
  private final List<TensorSpec> specs;
  private final Map<String, Place> places = new LinkedHashMap<>();
  private final long size;
  private final NDArray masters;
  private final NDArray values;

  private Parameters(ModelConfig config, ScalarType computeType, Device device) {
    specs = config.tensors();
    size = placeAll(false, placeAll(true, 0));
    try (TensorScope scope = TensorScope.within(home)) {
      Shape all = new Shape(size);
      masters = Tensors.zeros(all, ScalarType.FLOAT32, device);
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
        Part part = new Part(offset, offset + spec.elements());
        places.put(spec.name(), new Place(spec, part));
        offset = part.end();
      }
    }
    return offset;
  }

  /** The tensors in the checkpoint's order. */
  public List<TensorSpec> specs() {
    return specs;
  }

  /** The tensors in the order in which they lie in the flat weights. */
  public Stream<TensorSpec> layout() {
    return places.values().stream().map(Place::spec);
  }

  /** Where a tensor lies in the flat weights. */
  public Part part(String tensor) {
    return place(tensor).part();
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
    part(name).store(masters, numbers, name);
  }

  /** One tensor's numbers, copied. */
  public FloatBuffer floats(String name) {
    return part(name).floats(masters);
  }

  /** Brings the computation's copy up to date with the weights. */
  public void refreshValues() {
    refreshValues(new Part(0, size));
  }

  /** Brings part of the computation's copy up to date with the weights. */
  public void refreshValues(Part part) {
    if (values != masters) {
      try (TensorScope scope = TensorScope.open()) {
        Tensors.copy(part.of(values), part.of(masters));
      }
    }
  }

  /** All weights, flat. */
  public NDArray masters() {
    return masters;
  }

  /** The copy in the format of the computation, flat. */
  NDArray values() {
    return values;
  }

  NDArray masterView(long offset, long[] shape) {
    try (TensorScope scope = TensorScope.within(home)) {
      return view(masters, offset, shape);
    }
  }

  NDArray valueView(long offset, long[] shape) {
    try (TensorScope scope = TensorScope.within(home)) {
      return view(values, offset, shape);
    }
  }

  static NDArray view(NDArray flat, long offset, long[] shape) {
    Shape whole = new Shape(shape);
    try (NDArray part = Tensors.narrow(flat, 0, offset, whole.size())) {
      return Tensors.reshape(part, whole);
    }
  }

  boolean has(String tensor) {
    return places.containsKey(tensor);
  }

  TensorSpec spec(String tensor) {
    return place(tensor).spec();
  }

  long offset(String tensor) {
    return part(tensor).start();
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
