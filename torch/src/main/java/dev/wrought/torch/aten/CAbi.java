package dev.wrought.torch.aten;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/**
 * The functions of libtorch 2.7 that we call, with java.lang.foreign.
 *
 * <p>A tensor is a handle, the address of an at::Tensor on the heap. The dispatcher consumes the
 * handles that it is given, so each argument is a clone; results are new handles that we own. An
 * optional that is present is a box from malloc that the dispatcher frees. Source:
 * torch/csrc/inductor/aoti_torch/shim_common.cpp of v2.7.1.
 */
final class CAbi {

  static final String LIBRARY = "libtorch_cpu.so";

  private static final Linker LINKER = Linker.nativeLinker();

  private final SymbolLookup library;
  private final MethodHandle callDispatcher;
  private final MethodHandle newTensorHandle;
  private final MethodHandle deleteTensor;
  private final MethodHandle getDtype;
  private final MethodHandle malloc;
  private final MethodHandle setAutocastEnabled;
  private final MethodHandle setAutocastType;
  private final MethodHandle clearAutocastCache;

  CAbi(Path folder) {
    library = SymbolLookup.libraryLookup(folder.resolve(LIBRARY), Arena.global());
    callDispatcher =
        function(
            "aoti_torch_call_dispatcher",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS));
    newTensorHandle =
        function(
            "aoti_torch_new_tensor_handle", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS));
    deleteTensor =
        function("aoti_torch_delete_tensor_object", FunctionDescriptor.of(JAVA_INT, JAVA_LONG));
    getDtype =
        function("aoti_torch_get_dtype", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS));
    setAutocastEnabled =
        function(
            "_ZN2at8autocast20set_autocast_enabledEN3c1010DeviceTypeEb",
            FunctionDescriptor.ofVoid(JAVA_BYTE, JAVA_BOOLEAN));
    setAutocastType =
        function(
            "_ZN2at8autocast18set_autocast_dtypeEN3c1010DeviceTypeENS1_10ScalarTypeE",
            FunctionDescriptor.ofVoid(JAVA_BYTE, JAVA_BYTE));
    clearAutocastCache = function("_ZN2at8autocast11clear_cacheEv", FunctionDescriptor.ofVoid());
    malloc =
        LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("malloc"),
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG));
  }

  private MethodHandle function(String name, FunctionDescriptor signature) {
    MemorySegment address =
        library
            .find(name)
            .orElseThrow(() ->
                new WroughtException(
                    ErrorCode.NATIVE_LIBRARY,
                    "this libtorch has no function %s; Wrought needs libtorch 2.7.1"
                        .formatted(name)));
    return LINKER.downcallHandle(address, signature);
  }

  /** Calls an operator; the stack holds its arguments before, and its results after. */
  boolean callDispatcher(MemorySegment name, MemorySegment overload, MemorySegment stack) {
    try {
      return (int) callDispatcher.invokeExact(name, overload, stack) == 0;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** A second handle to the same tensor. */
  long cloneHandle(long handle) {
    MemorySegment result = Slots.scratch();
    try {
      check((int) newTensorHandle.invokeExact(handle, result), "new_tensor_handle");
    } catch (Throwable e) {
      throw unexpected(e);
    }
    return result.get(JAVA_LONG, 0);
  }

  void deleteHandle(long handle) {
    try {
      check((int) deleteTensor.invokeExact(handle), "delete_tensor_object");
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  int dtype(long handle) {
    MemorySegment result = Slots.scratch();
    try {
      check((int) getDtype.invokeExact(handle, result), "get_dtype");
    } catch (Throwable e) {
      throw unexpected(e);
    }
    return result.get(JAVA_INT, 0);
  }

  /** An optional that is present. */
  long box(long value) {
    try {
      long address = (long) malloc.invokeExact(JAVA_LONG.byteSize());
      MemorySegment.ofAddress(address).reinterpret(JAVA_LONG.byteSize()).set(JAVA_LONG, 0, value);
      return address;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  void setAutocast(int deviceType, ScalarType type, boolean enabled) {
    try {
      setAutocastType.invokeExact((byte) deviceType, (byte) type.code());
      setAutocastEnabled.invokeExact((byte) deviceType, enabled);
      if (!enabled) {
        clearAutocastCache.invokeExact();
      }
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static void check(int status, String function) {
    if (status != 0) {
      throw new WroughtException(ErrorCode.INTERNAL_ERROR, "libtorch failed in " + function);
    }
  }

  private static RuntimeException unexpected(Throwable e) {
    return e instanceof RuntimeException runtime
        ? runtime
        : new WroughtException(ErrorCode.INTERNAL_ERROR, "a call into libtorch failed", e);
  }
}
