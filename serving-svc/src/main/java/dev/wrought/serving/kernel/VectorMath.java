package dev.wrought.serving.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Functions of whole vectors, made of additions, multiplications and fused multiply-adds only.
 *
 * <p>The Vector API's own {@code EXP} and its float sum across lanes are not used: their bits may
 * differ between interpreted and compiled code, and a request's answer would change while the
 * service warms up.
 */
final class VectorMath {
  /** The preferred species, or the narrower one that {@link KernelChoice#PROPERTY} asks for. */
  static final VectorSpecies<Float> SPECIES = species();

  static final int LANES = SPECIES.length();

  static final ByteOrder ORDER = ByteOrder.nativeOrder();

  /** Adding 1.5 * 2^23 leaves the nearest integer in the low bits of the float. */
  private static final FloatVector ROUNDING = broadcast(0x1.8p23f);

  private static final IntVector ROUNDING_BITS = ROUNDING.reinterpretAsInts();
  private static final FloatVector LOG2_E = broadcast(0x1.715476p+0f);
  private static final FloatVector MINUS_LN2_HIGH = broadcast(-0x1.62e400p-1f);
  private static final FloatVector MINUS_LN2_LOW = broadcast(-0x1.7f7d1cp-20f);

  /** Between them the exponential is a normal number. */
  private static final FloatVector LEAST_EXPONENT = broadcast(-87.33f);

  private static final FloatVector GREATEST_EXPONENT = broadcast(88.37f);

  private static final FloatVector ONE = broadcast(1);
  private static final FloatVector HALF = broadcast(0.5f);
  private static final FloatVector SQRT_HALF = broadcast((float) Math.sqrt(0.5));
  private static final FloatVector CUBIC = broadcast(0.044715f);
  private static final FloatVector TANH_SCALE = broadcast(-2 * (float) Math.sqrt(2 / Math.PI));
  private static final FloatVector NEAR = broadcast(0.927734375f);

  private static final FloatVector E5 = broadcast(1.9875691500e-4f);
  private static final FloatVector E4 = broadcast(1.3981999507e-3f);
  private static final FloatVector E3 = broadcast(8.3334519073e-3f);
  private static final FloatVector E2 = broadcast(4.1665795894e-2f);
  private static final FloatVector E1 = broadcast(1.6666665459e-1f);
  private static final FloatVector E0 = broadcast(5.0000001201e-1f);

  private static final FloatVector N5 = broadcast(-5.96761703e-4f);
  private static final FloatVector N4 = broadcast(4.99119423e-3f);
  private static final FloatVector N3 = broadcast(-2.67681349e-2f);
  private static final FloatVector N2 = broadcast(1.12819925e-1f);
  private static final FloatVector N1 = broadcast(-3.76125336e-1f);
  private static final FloatVector N0 = broadcast(1.28379166e-1f);

  private static final FloatVector F6 = broadcast(-1.72853470e-5f);
  private static final FloatVector F5 = broadcast(3.83197126e-4f);
  private static final FloatVector F4 = broadcast(-3.88396438e-3f);
  private static final FloatVector F3 = broadcast(2.42546219e-2f);
  private static final FloatVector F2 = broadcast(-1.06777877e-1f);
  private static final FloatVector F1 = broadcast(-6.34846687e-1f);
  private static final FloatVector F0 = broadcast(-1.28717512e-1f);

  private VectorMath() {}

  private static VectorSpecies<Float> species() {
    VectorSpecies<Float> preferred = FloatVector.SPECIES_PREFERRED;
    VectorSpecies<Float> asked =
        switch (KernelChoice.asked()) {
          case "vector-128" -> FloatVector.SPECIES_128;
          case "vector-256" -> FloatVector.SPECIES_256;
          case "vector-512" -> FloatVector.SPECIES_512;
          default -> preferred;
        };
    return asked.length() > preferred.length() ? preferred : asked;
  }

  static FloatVector load(MemorySegment from, long at) {
    return FloatVector.fromMemorySegment(SPECIES, from, at, ORDER);
  }

  static FloatVector load(float[] from, int at) {
    return FloatVector.fromArray(SPECIES, from, at);
  }

  static FloatVector broadcast(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }

  /** The lanes of the vector at {@code i} that lie below n. */
  static VectorMask<Float> below(int i, int n) {
    return SPECIES.indexInRange(i, n);
  }

  /**
   * The exponential, to about one unit in the last place; arguments below -87 give the smallest
   * normal numbers, not zero. Source: Cephes, expf.
   */
  static FloatVector exp(FloatVector v) {
    FloatVector x = v.max(LEAST_EXPONENT).min(GREATEST_EXPONENT);
    FloatVector rounded = x.fma(LOG2_E, ROUNDING);
    FloatVector n = rounded.sub(ROUNDING);
    FloatVector r = n.fma(MINUS_LN2_LOW, n.fma(MINUS_LN2_HIGH, x));
    FloatVector p = E5.fma(r, E4).fma(r, E3).fma(r, E2).fma(r, E1).fma(r, E0);
    FloatVector y = p.fma(r.mul(r), r.add(ONE));
    IntVector exponent =
        rounded.reinterpretAsInts().sub(ROUNDING_BITS).lanewise(VectorOperators.LSHL, 23);
    return y.reinterpretAsInts().add(exponent).reinterpretAsFloats();
  }

  /** {@code x / (1 + exp(-x))}. */
  static FloatVector silu(FloatVector x) {
    return x.div(exp(x.neg()).add(ONE));
  }

  /** {@code x/2 (1 + tanh(u))}, which is x times the logistic function of 2u. */
  static FloatVector geluTanh(FloatVector x) {
    FloatVector minusTwiceU = x.mul(x).fma(CUBIC, ONE).mul(x).mul(TANH_SCALE);
    return x.div(exp(minusTwiceU).add(ONE));
  }

  /** {@code x/2 (1 + erf(x / sqrt 2))}. */
  static FloatVector geluExact(FloatVector x) {
    return x.mul(HALF).mul(erf(x.mul(SQRT_HALF)).add(ONE));
  }

  /**
   * The error function to about one unit in the last place: a polynomial near zero, one minus an
   * exponential of a polynomial beyond. Source: N. Juffa's erff, two minimax polynomials.
   */
  static FloatVector erf(FloatVector a) {
    FloatVector t = a.abs();
    FloatVector s = a.mul(a);
    FloatVector near = N5.fma(s, N4).fma(s, N3).fma(s, N2).fma(s, N1).fma(s, N0).fma(a, a);
    FloatVector tail = t.fma(F6, F5).fma(s, t.fma(F4, F3)).fma(t, F2).fma(t, F1).fma(t, F0);
    FloatVector far = ONE.sub(exp(tail.fma(t, t.neg())));
    FloatVector signed = far.blend(far.neg(), a.lt(0));
    return near.blend(signed, t.compare(VectorOperators.GT, NEAR));
  }

  /** The sum of the lanes, from the first to the last. */
  static float sum(FloatVector v) {
    float[] lanes = v.toArray();
    float sum = 0;
    for (float lane : lanes) {
      sum += lane;
    }
    return sum;
  }

  /** The highest lane. */
  static float max(FloatVector v) {
    return v.reduceLanes(VectorOperators.MAX);
  }
}
