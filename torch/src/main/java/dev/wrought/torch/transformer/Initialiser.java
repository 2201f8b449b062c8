package dev.wrought.torch.transformer;

import dev.wrought.core.model.ModelConfig;
import dev.wrought.core.model.TensorSpec;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * GPT-2's initial weights: normal with the configured deviation; layers that write to the residual
 * stream divided by the root of their number, so that the stream's variance does not grow with
 * depth; biases 0 and norms 1. Each tensor has a generator of its own, seeded by the model's seed
 * and the tensor's name: the numbers depend on neither threads, device nor the tensors' order.
 */
final class Initialiser {

  private final long seed;
  private final double deviation;
  private final double residualDeviation;

  Initialiser(ModelConfig config, long seed) {
    this.seed = seed;
    deviation = config.initializerStd();
    residualDeviation = deviation / Math.sqrt(2.0 * config.layers());
  }

  FloatBuffer values(TensorSpec spec) {
    return switch (spec.role()) {
      case EMBEDDING, LINEAR, HEAD -> normal(spec, deviation);
      case RESIDUAL_LINEAR -> normal(spec, residualDeviation);
      case BIAS, NORM_BIAS -> constant(spec, 0);
      case NORM_WEIGHT -> constant(spec, 1);
    };
  }

  private static FloatBuffer constant(TensorSpec spec, float value) {
    float[] values = new float[Math.toIntExact(spec.elements())];
    Arrays.fill(values, value);
    return FloatBuffer.wrap(values);
  }

  /** Marsaglia's polar method, two at a time, in strict arithmetic: the same on every machine. */
  private FloatBuffer normal(TensorSpec spec, double standardDeviation) {
    SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + hash(spec.name()));
    float[] values = new float[Math.toIntExact(spec.elements())];
    for (int i = 0; i < values.length; i += 2) {
      double x;
      double y;
      double square;
      do {
        x = 2 * random.nextDouble() - 1;
        y = 2 * random.nextDouble() - 1;
        square = x * x + y * y;
      } while (square >= 1 || square == 0);
      double scale = standardDeviation * Math.sqrt(-2 * StrictMath.log(square) / square);
      values[i] = (float) (x * scale);
      if (i + 1 < values.length) {
        values[i + 1] = (float) (y * scale);
      }
    }
    return FloatBuffer.wrap(values);
  }

  /** FNV-1a over the name's characters. */
  private static long hash(String name) {
    long hash = 0xCBF29CE484222325L;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001B3L;
    }
    return hash;
  }
}
