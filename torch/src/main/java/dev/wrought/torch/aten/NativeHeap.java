package dev.wrought.torch.aten;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * How malloc treats the large buffers of tensors.
 *
 * <p>By default glibc maps every block above 32 MB anew and gives it back when freed, so that each
 * step pays a page fault for every 4 KiB of its activations. Kept in the heap, they are reused.
 * What is freed thus stays with the process: its peak is its size. glibc only; elsewhere nothing
 * happens. Measured in docs/adr/0004.
 */
final class NativeHeap {

  private static final System.Logger LOG = System.getLogger(NativeHeap.class.getName());

  private static final int M_TRIM_THRESHOLD = -1;
  private static final int M_MMAP_MAX = -4;
  private static final int M_ARENA_MAX = -8;

  private NativeHeap() {}

  static void keepFreedMemory() {
    Linker linker = Linker.nativeLinker();
    linker
        .defaultLookup()
        .find("mallopt")
        .ifPresentOrElse(
            mallopt -> set(linker, mallopt),
            () -> LOG.log(System.Logger.Level.DEBUG, "no mallopt: freed memory is not kept"));
  }

  /** One arena, because only the first can grow to any size without mapping. */
  private static void set(Linker linker, MemorySegment address) {
    MethodHandle mallopt =
        linker.downcallHandle(address, FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    try {
      int kept =
          (int) mallopt.invokeExact(M_MMAP_MAX, 0)
              & (int) mallopt.invokeExact(M_TRIM_THRESHOLD, Integer.MAX_VALUE)
              & (int) mallopt.invokeExact(M_ARENA_MAX, 1);
      LOG.log(System.Logger.Level.DEBUG, "malloc keeps freed memory: {0}", kept == 1);
    } catch (Throwable e) {
      LOG.log(System.Logger.Level.DEBUG, "mallopt failed; freed memory is not kept", e);
    }
  }
}
