package dev.wrought.torch.aten;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * TorchScript composed in Java, for operators whose schema the C ABI of libtorch 2.7 does not
 * carry. A script is a set of methods in TorchScript's own serialised dialect, in which defaults
 * are written out and numbers typed. Safe for use by several threads.
 */
final class Script {

  /** The graph executor would profile and rewrite; for single operators that only costs. */
  private static final ThreadLocal<Boolean> UNOPTIMISED =
      ThreadLocal.withInitial(() -> {
        JniUtils.setGraphExecutorOptimize(false);
        return true;
      });

  private final PtNDManager home;
  private final PtSymbolBlock module;
  private final Map<String, NDArray> markers = new ConcurrentHashMap<>();

  private Script(PtNDManager home, PtSymbolBlock module) {
    this.home = home;
    this.module = module;
  }

  /**
   * Compiles methods, each a {@code def name(self: __torch__.M, x: Tensor) -> Tensor:} indented by
   * two.
   */
  static Script compile(String methods) {
    Libtorch.abi();
    PtNDManager home = (PtNDManager) NDManager.newBaseManager(Device.cpu(), "PyTorch");
    try (var archive = new ByteArrayInputStream(ScriptArchive.of(methods))) {
      long handle = JniUtils.loadModuleHandle(archive, Device.cpu(), false, false);
      return new Script(home, new PtSymbolBlock(home, handle));
    } catch (IOException | EngineException e) {
      throw new WroughtException(ErrorCode.INTERNAL_ERROR, "TorchScript does not compile", e);
    }
  }

  /** Calls a method whose arguments are tensors and which returns one; gradients flow through. */
  NDArray one(String method, List<NDArray> tensors) {
    return many(method, tensors).getFirst();
  }

  /** Calls a method that returns a tuple of tensors. */
  List<NDArray> many(String method, List<NDArray> tensors) {
    NDList arguments = new NDList(tensors.size() + 1);
    arguments.add(marker(method));
    arguments.addAll(tensors);
    NDList results = guarded(method, () -> IValueUtils.forward(module, arguments, true));
    NDManager owner = Owner.current();
    results.forEach(result -> result.attach(owner));
    return results;
  }

  /**
   * Calls a method that changes its arguments, which may be lists and numbers, without gradients.
   */
  NDArray update(String method, List<IValue> arguments) {
    try {
      PtNDManager owner = (PtNDManager) Owner.current();
      return guarded(
          method,
          () -> {
            try (IValue result =
                IValueUtils.runMethod(module, method, arguments.toArray(IValue[]::new))) {
              return result.toTensor(owner);
            }
          });
    } finally {
      arguments.forEach(IValue::close);
    }
  }

  static IValue tensor(NDArray tensor) {
    return IValue.from((PtNDArray) tensor);
  }

  /** A list of one tensor. */
  static IValue tensors(NDArray tensor) {
    return IValue.listFrom((PtNDArray) tensor);
  }

  /** A number as TorchScript reads it. */
  static String literal(double value) {
    return Double.toString(value).replace('E', 'e');
  }

  /** DJL takes the method's name from the name of a first, otherwise unused array. */
  private NDArray marker(String method) {
    return markers.computeIfAbsent(
        method,
        name -> {
          NDArray marker = home.create(0f);
          marker.setName("module_method:" + name);
          return marker;
        });
  }

  private static <T> T guarded(String method, Supplier<T> call) {
    UNOPTIMISED.get();
    try {
      return call.get();
    } catch (EngineException | IllegalStateException e) {
      String reason = String.valueOf(e.getMessage());
      ErrorCode code =
          reason.contains("allocate memory") || reason.contains("out of memory")
              ? ErrorCode.OUT_OF_MEMORY
              : ErrorCode.INTERNAL_ERROR;
      throw new WroughtException(code, "torch operator %s failed: %s".formatted(method, reason), e);
    }
  }
}
