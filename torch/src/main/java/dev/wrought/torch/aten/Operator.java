package dev.wrought.torch.aten;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An operator of libtorch's dispatcher. A call lists the arguments in the schema's order, each by
 * the method of its type, and ends with {@link Call#one} or {@link Call#inPlace}.
 *
 * <p>The caller vouches that the arguments are exactly the schema's: libtorch does not check.
 */
final class Operator {

  private final String fullName;
  private final MemorySegment name;
  private final MemorySegment overload;

  private Operator(String fullName) {
    this.fullName = fullName;
    int dot = fullName.indexOf('.');
    name = Arena.global().allocateFrom(dot < 0 ? fullName : fullName.substring(0, dot));
    overload = Arena.global().allocateFrom(dot < 0 ? "" : fullName.substring(dot + 1));
  }

  /**
   * @param fullName as in {@code aten::mm} or {@code aten::mm.out}
   */
  static Operator of(String fullName) {
    return new Operator(fullName);
  }

  Call call() {
    return new Call();
  }

  /** The arguments of one call, on its thread's slots. */
  final class Call {
    private final CAbi abi = Libtorch.abi();
    private final MemorySegment stack = Slots.ofThread();
    private final List<NDArray> tensors = new ArrayList<>(4);
    private int next;

    Call tensor(NDArray tensor) {
      tensors.add(tensor);
      return slot(abi.cloneHandle(Libtorch.handle(tensor)));
    }

    Call optionalTensor(Optional<NDArray> tensor) {
      tensor.ifPresent(tensors::add);
      return slot(tensor.map(t -> abi.box(abi.cloneHandle(Libtorch.handle(t)))).orElse(0L));
    }

    Call integer(long value) {
      return slot(value);
    }

    Call number(double value) {
      return slot(Double.doubleToRawLongBits(value));
    }

    Call flag(boolean value) {
      return slot(value ? 1 : 0);
    }

    Call type(ScalarType type) {
      return slot(type.code());
    }

    /** Any optional that is absent. */
    Call none() {
      return slot(0);
    }

    Call someType(ScalarType type) {
      return slot(abi.box(type.code()));
    }

    private Call slot(long value) {
      stack.setAtIndex(JAVA_LONG, next++, value);
      return this;
    }

    /** Runs an operator with one result, which the innermost scope owns. */
    NDArray one() {
      run();
      return new PtNDArray((PtNDManager) Owner.current(), result());
    }

    /** Runs an operator that returns the argument that it changed: no new array for it. */
    void inPlace() {
      run();
      abi.deleteHandle(result());
    }

    private long result() {
      return stack.getAtIndex(JAVA_LONG, 0);
    }

    private void run() {
      if (!abi.callDispatcher(name, overload, stack)) {
        throw new WroughtException(
            ErrorCode.INTERNAL_ERROR,
            "%s failed on %s; libtorch gave its reason on the standard error stream"
                .formatted(fullName, describe()));
      }
    }

    private String describe() {
      return tensors.stream()
          .map(t -> Tensors.type(t).name().toLowerCase(Locale.ROOT) + t.getShape())
          .collect(Collectors.joining(", "));
    }
  }
}
