package dev.wrought.torch.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import dev.wrought.core.model.ModelConfig;
import dev.wrought.torch.aten.Libtorch;
import dev.wrought.torch.aten.ScalarType;
import dev.wrought.torch.autograd.TensorScope;
import dev.wrought.torch.optim.AdamW;
import dev.wrought.torch.transformer.Decoder;
import dev.wrought.torch.transformer.Parameters;
import dev.wrought.torch.transformer.TinyModels;
import dev.wrought.torch.transformer.TokenBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A step leaves nothing behind: neither tensors nor native memory. */
class MemoryTest {

  @Test
  void apply_fourHundredSteps_leaveNoTensorsAndNoMemory() throws IOException {
    assertNothingStays(400);
  }

  @Tag("long")
  @Test
  void apply_twoThousandSteps_leaveNoTensorsAndNoMemory() throws IOException {
    assertNothingStays(2_000);
  }

  private static void assertNothingStays(int steps) throws IOException {
    Libtorch.start(1);
    ModelConfig config = TinyModels.named("llama");
    try (NDManager home = TensorScope.newHome();
        TensorScope outer = TensorScope.within(home);
        Parameters parameters =
            Parameters.initialise(config, 1, ScalarType.BFLOAT16, Device.cpu());
        Decoder decoder = new Decoder(config, parameters);
        AdamW adamW = new AdamW(parameters, AdamW.Settings.LLAMA);
        TrainingStep step = new TrainingStep(decoder, adamW, 1)) {
      TokenBatch batch = TinyModels.tokens(2, 24, 3);
      run(step, batch, steps / 4);
      int tensors = home.getManagedArrays().size();
      long before = residentKilobytes();
      run(step, batch, steps);
      assertEquals(tensors, home.getManagedArrays().size());
      assertEquals(0, tensors);
      long growth = residentKilobytes() - before;
      assertTrue(growth < 20L * steps, "grew by %,d kB in %d steps".formatted(growth, steps));
    }
  }

  private static void run(TrainingStep step, TokenBatch batch, int steps) {
    for (int i = 0; i < steps; i++) {
      step.accumulate(batch);
      step.apply(1e-3);
      if (i % 100 == 0) {
        step.evaluate(batch);
      }
    }
  }

  private static long residentKilobytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    Assumptions.assumeTrue(Files.exists(status), "resident memory is read from /proc");
    System.gc();
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
