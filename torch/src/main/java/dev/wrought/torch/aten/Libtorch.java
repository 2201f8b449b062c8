package dev.wrought.torch.aten;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.LibUtils;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The native library: found, checked and loaded once per process.
 *
 * <p>It comes from the jars (unpacked by DJL under ~/.djl.ai), or from the folder that {@code
 * PYTORCH_LIBRARY_PATH} names, as on machines with GPUs. Nothing is ever downloaded.
 */
public final class Libtorch {

  private static final System.Logger LOG = System.getLogger(Libtorch.class.getName());

  private static final String LIBRARY_PATH = "PYTORCH_LIBRARY_PATH";

  private static volatile int granted = Runtime.getRuntime().availableProcessors();

  private Libtorch() {}

  /** Loads on first use; a failure to load is thrown again at every use. */
  private static final class Loaded {
    static final CAbi ABI = load();
  }

  /**
   * Loads the library now instead of at the first operator, and sets its number of threads.
   *
   * @param threads compute threads; at most the processors that the container grants, since
   *     OpenMP's threads spin and a step gets several times slower beyond them
   * @throws WroughtException NATIVE_LIBRARY if the library is missing or does not fit the
   *     processor; INVALID_ARGUMENT if there are not so many processors
   */
  public static void start(int threads) {
    int processors = Runtime.getRuntime().availableProcessors();
    if (threads < 1 || threads > processors) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT,
          "torch threads is %d, it must be 1 to %d, the processors granted"
              .formatted(threads, processors));
    }
    abi();
    JniUtils.setNumThreads(threads);
    granted = threads;
  }

  /**
   * Makes operators called on this thread run on it alone, for threads that each do their own part
   * of the work. Measured in docs/adr/0004: faster than several threads in each operator.
   */
  public static void singleThreaded() {
    abi();
    JniUtils.setNumThreads(1);
  }

  /** How many threads may compute at once: what {@link #start} was given, else all processors. */
  public static int threads() {
    return granted;
  }

  /** The version, as in 2.7.1. */
  public static String version() {
    abi();
    return LibUtils.getVersion().split("-", 2)[0];
  }

  /** Whether bfloat16 is faster than float32 here; elsewhere it is emulated and slower. */
  public static boolean computesBfloat16() {
    return InstructionSets.ofThisMachine().hasBfloat16();
  }

  /**
   * The instructions that decide how its kernels round, of those that this processor has: {@code
   * avx2+fma}. Loads nothing.
   */
  public static String instructionSet() {
    return InstructionSets.ofThisMachine().decisive();
  }

  static CAbi abi() {
    try {
      return Loaded.ABI;
    } catch (ExceptionInInitializerError | NoClassDefFoundError e) {
      throw rootOf(e);
    }
  }

  static long handle(NDArray tensor) {
    return ((PtNDArray) tensor).getHandle();
  }

  private static CAbi load() {
    InstructionSets.ofThisMachine().requireFitForLibtorch();
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.offline", "true");
    requireNamedLibrary();
    NativeHeap.keepFreedMemory();
    long start = System.nanoTime();
    try {
      Engine engine = Engine.getEngine("PyTorch");
      JniUtils.setGradMode(true); // DJL turns it off on the thread that loads
      LOG.log(
          System.Logger.Level.DEBUG,
          "libtorch {0} from {1} in {2} ms",
          engine.getVersion(),
          LibUtils.getLibtorchPath(),
          (System.nanoTime() - start) / 1_000_000);
      return new CAbi(Path.of(LibUtils.getLibtorchPath()));
    } catch (RuntimeException | LinkageError e) {
      throw missing(e);
    }
  }

  /** DJL would pass over a folder without the library, and load another. */
  private static void requireNamedLibrary() {
    String folder = System.getenv(LIBRARY_PATH);
    if (folder != null && !Files.exists(Path.of(folder, CAbi.LIBRARY))) {
      throw new WroughtException(
          ErrorCode.NATIVE_LIBRARY,
          "%s is %s, where there is no %s".formatted(LIBRARY_PATH, folder, CAbi.LIBRARY));
    }
  }

  private static WroughtException missing(Throwable cause) {
    return new WroughtException(
        ErrorCode.NATIVE_LIBRARY,
        """
        cannot load libtorch: %s. It is needed for training only. It comes with the jars \
        pytorch-jni and pytorch-native-cpu, built for Linux on x86-64 with glibc; elsewhere set \
        PYTORCH_LIBRARY_PATH to the lib folder of a libtorch 2.7.1\
        """
            .formatted(reason(cause)),
        cause);
  }

  private static String reason(Throwable e) {
    Throwable deepest = e;
    while (deepest.getCause() instanceof Throwable cause) {
      deepest = cause;
    }
    return String.valueOf(deepest.getMessage());
  }

  private static WroughtException rootOf(LinkageError e) {
    return e.getCause() instanceof WroughtException failure
        ? failure
        : new WroughtException(ErrorCode.NATIVE_LIBRARY, "libtorch could not be loaded before", e);
  }
}
