package dev.wrought.torch.aten;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.List;

/**
 * Making, converting and reshaping tensors. A view shares its operand's memory; everything else is
 * new memory.
 */
public final class Tensors {

  private static final Operator TO_COPY = Operator.of("aten::_to_copy");
  private static final Operator COPY = Operator.of("aten::copy_");
  private static final Operator ZERO = Operator.of("aten::zero_");
  private static final Operator NARROW = Operator.of("aten::narrow");
  private static final Operator TRANSPOSE = Operator.of("aten::transpose.int");
  private static final Operator CONTIGUOUS = Operator.of("aten::contiguous");
  private static final Operator GATHER = Operator.of("aten::gather");
  private static final Operator SCATTER_ADD = Operator.of("aten::scatter_add_");
  private static final Operator EQUAL = Operator.of("aten::eq.Tensor");
  private static final Operator WHERE = Operator.of("aten::where.self");
  private static final Operator DETACH = Operator.of("aten::detach");

  private Tensors() {}

  /** Zeros. */
  public static NDArray zeros(Shape shape, ScalarType type, Device device) {
    return full(shape, 0, type, device);
  }

  /** Zeros of another tensor's shape, number format and device. */
  public static NDArray zerosLike(NDArray tensor) {
    return zeros(tensor.getShape(), type(tensor), tensor.getDevice());
  }

  /** The same number everywhere. */
  public static NDArray full(Shape shape, double value, ScalarType type, Device device) {
    Libtorch.abi();
    if (type == ScalarType.BFLOAT16) { // DJL's own full ends the process at this type
      try (NDArray floats = full(shape, value, ScalarType.FLOAT32, device)) {
        return convert(floats, type);
      }
    }
    PtNDManager owner = (PtNDManager) Owner.current();
    return JniUtils.full(owner, shape, value, type.dataType(), device, SparseFormat.DENSE);
  }

  /** One number without dimensions, on the CPU: with a tensor of any device it acts as a number. */
  public static NDArray scalar(double value) {
    return full(new Shape(), value, ScalarType.FLOAT32, Device.cpu());
  }

  /** float32 numbers in row-major order. */
  public static NDArray ofFloats(FloatBuffer values, Shape shape, Device device) {
    ByteBuffer bytes = direct(values.remaining() * 4L);
    bytes.asFloatBuffer().put(values.duplicate());
    return ofBytes(bytes, shape, DataType.FLOAT32, device);
  }

  /** float32 numbers in row-major order. */
  public static NDArray ofFloats(float[] values, Shape shape, Device device) {
    return ofFloats(FloatBuffer.wrap(values), shape, device);
  }

  /** int64 numbers in row-major order, as libtorch wants its ids. */
  public static NDArray ofInts(int[] values, Shape shape, Device device) {
    ByteBuffer bytes = direct(values.length * 8L);
    LongBuffer longs = bytes.asLongBuffer();
    for (int value : values) {
      longs.put(value);
    }
    return ofBytes(bytes, shape, DataType.INT64, device);
  }

  private static ByteBuffer direct(long size) {
    return ByteBuffer.allocateDirect(Math.toIntExact(size)).order(ByteOrder.nativeOrder());
  }

  /** DJL's tensor reads the buffer's memory in place; the copy makes it libtorch's own. */
  private static NDArray ofBytes(ByteBuffer bytes, Shape shape, DataType type, Device device) {
    Libtorch.abi();
    PtNDManager owner = (PtNDManager) Owner.current();
    try (NDArray view =
        JniUtils.createNdFromByteBuffer(
            owner, bytes, shape, type, SparseFormat.DENSE, Device.cpu())) {
      NDArray copy = JniUtils.clone((PtNDArray) view);
      return device.isGpu() ? toDevice(copy, device) : copy;
    }
  }

  private static NDArray toDevice(NDArray tensor, Device device) {
    try (NDArray source = tensor) {
      return own(JniUtils.to((PtNDArray) source, source.getDataType(), device));
    }
  }

  /** All numbers as float32, in row-major order, in native memory of Java's. */
  public static FloatBuffer toFloats(NDArray tensor) {
    try (NDArray floats = convert(tensor, ScalarType.FLOAT32);
        NDArray rows = contiguous(floats)) {
      ByteBuffer copy = direct(tensor.size() * 4L);
      copy.put(JniUtils.getByteBuffer((PtNDArray) rows, false).order(ByteOrder.nativeOrder()));
      return copy.flip().order(ByteOrder.nativeOrder()).asFloatBuffer();
    }
  }

  /** The only number of a tensor with one element. Waits for the device. */
  public static float item(NDArray tensor) {
    return toFloats(tensor).get(0);
  }

  /** The number format. */
  public static ScalarType type(NDArray tensor) {
    return ScalarType.ofCode(Libtorch.abi().dtype(Libtorch.handle(tensor)));
  }

  /** A copy in a number format; gradients flow through. */
  public static NDArray convert(NDArray tensor, ScalarType type) {
    return TO_COPY
        .call()
        .tensor(tensor)
        .someType(type)
        .none()
        .none()
        .none()
        .flag(false)
        .none()
        .one();
  }

  /** The tensor itself if it has the number format, else a copy in it. */
  public static NDArray as(NDArray tensor, ScalarType type) {
    return type(tensor) == type ? tensor : convert(tensor, type);
  }

  /** The tensor with its memory in row-major order: itself, or a copy. */
  public static NDArray contiguous(NDArray tensor) {
    return CONTIGUOUS.call().tensor(tensor).integer(0).one();
  }

  /** Overwrites a tensor, converting the number format. */
  public static void copy(NDArray into, NDArray from) {
    COPY.call().tensor(into).tensor(from).flag(false).inPlace();
  }

  /** Overwrites a tensor with zeros. */
  public static void zero(NDArray tensor) {
    ZERO.call().tensor(tensor).inPlace();
  }

  /**
   * The numbers under another shape: a view where the memory's order allows, else a copy.
   *
   * @param shape one dimension may be -1: what the others leave
   */
  public static NDArray reshape(NDArray tensor, Shape shape) {
    return own(JniUtils.reshape((PtNDArray) tensor, shape.getShape()));
  }

  /** A view with two dimensions exchanged. */
  public static NDArray transpose(NDArray tensor, int a, int b) {
    return TRANSPOSE.call().tensor(tensor).integer(a).integer(b).one();
  }

  /** A view of part of one dimension. */
  public static NDArray narrow(NDArray tensor, int dimension, long start, long length) {
    return NARROW.call().tensor(tensor).integer(dimension).integer(start).integer(length).one();
  }

  /** The tensors one after another along a dimension. */
  public static NDArray concatenate(List<NDArray> tensors, int dimension) {
    PtNDArray[] parts = tensors.stream().map(PtNDArray.class::cast).toArray(PtNDArray[]::new);
    return own(JniUtils.cat(parts, dimension));
  }

  /**
   * Picks along a dimension the element that each index names; the result has the indices' shape.
   */
  public static NDArray gather(NDArray tensor, int dimension, NDArray indices) {
    return GATHER.call().tensor(tensor).integer(dimension).tensor(indices).flag(false).one();
  }

  /** Adds numbers where {@link #gather} would pick. */
  public static void scatterAdd(NDArray into, int dimension, NDArray indices, NDArray numbers) {
    SCATTER_ADD.call().tensor(into).integer(dimension).tensor(indices).tensor(numbers).inPlace();
  }

  /** Whether elements are equal, with broadcasting. */
  public static NDArray equal(NDArray a, NDArray b) {
    return EQUAL.call().tensor(a).tensor(b).one();
  }

  /** The elements of one tensor where a condition holds, else those of the other. */
  public static NDArray where(NDArray condition, NDArray yes, NDArray no) {
    return WHERE.call().tensor(condition).tensor(yes).tensor(no).one();
  }

  /** The same memory without a history: gradients stop here. */
  public static NDArray detach(NDArray tensor) {
    return DETACH.call().tensor(tensor).one();
  }

  /** Hands a result of DJL's own to the innermost scope. */
  static NDArray own(NDArray result) {
    result.attach(Owner.current());
    return result;
  }
}
