package dev.wrought.serving.kernel;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/**
 * Which kernels this processor and this JVM run: the widest vectors, or the scalar reference where
 * there are none, with the reason logged. The system property {@code wrought.kernels} ({@code
 * vector-512}, {@code vector-256}, {@code vector-128}, {@code scalar}) asks for one.
 */
public final class KernelChoice {
  /** The system property. */
  public static final String PROPERTY = "wrought.kernels";

  private static final Logger LOG = System.getLogger(KernelChoice.class.getName());
  private static final String SCALAR = "scalar";
  private static final List<String> NAMES =
      List.of("vector-512", "vector-256", "vector-128", SCALAR);

  private KernelChoice() {}

  /** The kernels to compute with. */
  public static Kernels kernels() {
    String asked = asked();
    if (asked.equals(SCALAR)) {
      return scalar("-D" + PROPERTY + "=scalar asks for it");
    }
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      return scalar("the JVM was started without --add-modules jdk.incubator.vector");
    }
    return vector();
  }

  private static Kernels vector() {
    int bits = VectorMath.SPECIES.vectorBitSize();
    if (bits < 128) {
      return scalar("this processor's vectors have %d bits, 128 are needed".formatted(bits));
    }
    return new VectorKernels();
  }

  private static Kernels scalar(String reason) {
    LOG.log(Level.WARNING, "Computing with the scalar kernels, which are slow: {0}", reason);
    return new ScalarKernels();
  }

  /** The kernels that the system property names; empty if none. */
  static String asked() {
    String asked = System.getProperty(PROPERTY, "");
    if (!asked.isEmpty() && !NAMES.contains(asked)) {
      LOG.log(Level.WARNING, "-D{0}={1} is unknown; known are {2}", PROPERTY, asked, NAMES);
      return "";
    }
    return asked;
  }
}
