package dev.wrought.serving;

import ai.djl.Device;
import dev.wrought.core.checkpoint.SafetensorsWriter;
import dev.wrought.core.checkpoint.SafetensorsWriter.Source;
import dev.wrought.core.checkpoint.TensorType;
import dev.wrought.core.model.ModelConfig;
import dev.wrought.core.model.TensorSpec;
import dev.wrought.torch.aten.Libtorch;
import dev.wrought.torch.aten.ScalarType;
import dev.wrought.torch.transformer.Parameters;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Random weights, the same in a file and in torch. Unlike an untrained model's, no bias is zero and
 * no norm's weight is one: each of them shows in the logits.
 */
public final class TinyWeights {
  private TinyWeights() {}

  /** Writes them as {@code model.safetensors}. */
  static void write(ModelConfig config, Path file, long seed, TensorType type) {
    SafetensorsWriter.write(
        file,
        config.tensors().stream()
            .map(spec ->
                new Source(
                    spec.name(), type, spec.shape(), () -> bytes(values(config, spec, seed), type)))
            .toList(),
        Map.of("format", "pt"));
  }

  /** The same in torch. */
  public static Parameters inTorch(ModelConfig config, long seed) {
    Libtorch.start(1);
    Parameters parameters = Parameters.initialise(config, seed, ScalarType.FLOAT32, Device.cpu());
    for (TensorSpec spec : parameters.specs()) {
      parameters.load(spec.name(), FloatBuffer.wrap(values(config, spec, seed)));
    }
    parameters.refreshValues();
    return parameters;
  }

  private static float[] values(ModelConfig config, TensorSpec spec, long seed) {
    SplittableRandom random = new SplittableRandom(seed + spec.name().hashCode());
    double mean = spec.role() == TensorSpec.Role.NORM_WEIGHT ? 1 : 0;
    float[] values = new float[Math.toIntExact(spec.elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian(mean, config.initializerStd());
    }
    return values;
  }

  private static MemorySegment bytes(float[] floats, TensorType type) {
    if (type == TensorType.F32) {
      return MemorySegment.ofArray(floats);
    }
    short[] shorts = new short[floats.length];
    for (int i = 0; i < shorts.length; i++) {
      shorts[i] = (short) (Float.floatToRawIntBits(floats[i]) >>> 16);
    }
    return MemorySegment.ofArray(MemorySegment.ofArray(shorts).toArray(ValueLayout.JAVA_BYTE));
  }
}
