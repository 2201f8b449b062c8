package dev.wrought.torch.step;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import dev.wrought.core.model.ModelConfig;
import dev.wrought.torch.aten.Libtorch;
import dev.wrought.torch.aten.ScalarType;
import dev.wrought.torch.autograd.TensorScope;
import dev.wrought.torch.optim.AdamW;
import dev.wrought.torch.optim.Muon;
import dev.wrought.torch.optim.Optimizer;
import dev.wrought.torch.transformer.Decoder;
import dev.wrought.torch.transformer.Parameters;
import dev.wrought.torch.transformer.TinyModels;
import dev.wrought.torch.transformer.TokenBatch;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A step leaves nothing behind: neither tensors nor native memory. */
class MemoryTest {

  /** Of a batch: the smallest tensor of a step has a float for each. */
  private static final int TOKENS = 1024;

  @Test
  void apply_hundredSteps_leaveNoTensorsAndNoMemory() throws Exception {
    assertNothingStays(100, ScalarType.FLOAT32);
  }

  @Tag("long")
  @Test
  void apply_twoThousandSteps_leaveNoTensorsAndNoMemory() throws Exception {
    assertNothingStays(2_000, ScalarType.BFLOAT16);
  }

  /** One tensor a step is seen: half of the smallest may stay. */
  private static void assertNothingStays(int steps, ScalarType type) throws Exception {
    Assumptions.assumeTrue(
        Linker.nativeLinker().defaultLookup().find("mallinfo2").isPresent(),
        "glibc 2.33 or newer tells what malloc gave out");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xint", // a compiler's own memory comes and goes by more than a leak's
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Steps.class.getName(),
                Integer.toString(steps),
                type.name())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String growth = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor());
    long most = (long) steps * TOKENS * Float.BYTES / 2;
    assertTrue(
        Long.parseLong(growth.strip()) < most, "grew by %s, not under %d".formatted(growth, most));
  }

  /** Prints by how many bytes so many steps let native memory grow. */
  static final class Steps {
    private Steps() {}

    public static void main(String[] arguments) {
      Libtorch.start(1);
      ModelConfig config = TinyModels.named("llama");
      try (NDManager home = TensorScope.newHome();
          TensorScope outer = TensorScope.within(home);
          Parameters parameters =
              Parameters.initialise(config, 1, ScalarType.valueOf(arguments[1]), Device.cpu());
          Decoder decoder = new Decoder(config, parameters);
          Optimizer muon = new Muon(parameters, new Muon.Settings(0.95, AdamW.Settings.LLAMA));
          TrainingStep step = new TrainingStep(decoder, muon, 1)) {
        TokenBatch batch = TinyModels.tokens(8, TOKENS / 8, 3);
        run(step, batch, 20);
        long before = allocatedBytes();
        run(step, batch, Integer.parseInt(arguments[0]));
        System.out.println(allocatedBytes() - before);
        if (!home.getManagedArrays().isEmpty()) {
          throw new AssertionError(home.getManagedArrays().size() + " tensors are left");
        }
      }
    }

    private static void run(TrainingStep step, TokenBatch batch, int steps) {
      for (int i = 0; i < steps; i++) {
        step.accumulate(batch);
        step.apply(1e-3);
        if (i % 10 == 0) {
          step.evaluate(batch);
        }
      }
    }

    /**
     * What malloc has given out and not got back. The resident size would hide a leak of this size
     * among the pages of Java's heap.
     */
    private static long allocatedBytes() {
      System.gc(); // frees the buffers that tensors were filled from
      MemoryLayout mallinfo2 =
          MemoryLayout.structLayout(MemoryLayout.sequenceLayout(10, JAVA_LONG));
      Linker linker = Linker.nativeLinker();
      MethodHandle ask =
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("mallinfo2"), FunctionDescriptor.of(mallinfo2));
      try (Arena arena = Arena.ofConfined()) {
        Thread.sleep(200); // in which the freeing is done
        MemorySegment info = (MemorySegment) ask.invokeExact((SegmentAllocator) arena);
        long mapped = info.getAtIndex(JAVA_LONG, 4); // hblkhd
        return mapped + info.getAtIndex(JAVA_LONG, 7); // uordblks
      } catch (Throwable failure) {
        throw new AssertionError(failure);
      }
    }
  }
}
