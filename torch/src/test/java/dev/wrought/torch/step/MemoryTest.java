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
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A step leaves nothing behind: neither tensors nor native memory. */
class MemoryTest {

  /** Of the batch: the least that is kept of them, a number for each, is 2 kB. */
  private static final int TOKENS = 512;

  /** Half of that: one tensor a step is seen. */
  private static final long STRAY_BYTES_PER_STEP = 1024;

  /** struct mallinfo2 of malloc.h: bytes in blocks mapped one by one, bytes in all others. */
  private static final MemoryLayout MALLINFO2 =
      MemoryLayout.structLayout(MemoryLayout.sequenceLayout(10, JAVA_LONG));

  private static final int HBLKHD = 4;
  private static final int UORDBLKS = 7;

  @Test
  void apply_fourHundredSteps_leaveNoTensorsAndNoMemory() throws InterruptedException {
    assertNothingStays(400);
  }

  @Tag("long")
  @Test
  void apply_twoThousandSteps_leaveNoTensorsAndNoMemory() throws InterruptedException {
    assertNothingStays(2_000);
  }

  private static void assertNothingStays(int steps) throws InterruptedException {
    Libtorch.start(1);
    ModelConfig config = TinyModels.named("llama");
    try (NDManager home = TensorScope.newHome();
        TensorScope outer = TensorScope.within(home);
        Parameters parameters =
            Parameters.initialise(config, 1, ScalarType.BFLOAT16, Device.cpu());
        Decoder decoder = new Decoder(config, parameters);
        AdamW adamW = new AdamW(parameters, AdamW.Settings.LLAMA);
        TrainingStep step = new TrainingStep(decoder, adamW, 1)) {
      TokenBatch batch = TinyModels.tokens(4, TOKENS / 4, 3);
      run(step, batch, 100);
      long before = allocatedBytes();
      run(step, batch, steps);
      assertEquals(0, home.getManagedArrays().size());
      long growth = allocatedBytes() - before;
      assertTrue(
          growth < STRAY_BYTES_PER_STEP * steps,
          "grew by %,d bytes in %d steps".formatted(growth, steps));
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

  /**
   * What malloc has given out and not got back: tensors, and little else. The resident size would
   * hide a leak of this size in the pages of Java's heap. The least of a few looks, between which
   * compiler threads give back what they work with.
   */
  private static long allocatedBytes() throws InterruptedException {
    long least = Long.MAX_VALUE;
    for (int look = 0; look < 20; look++) {
      Thread.sleep(10);
      least = Math.min(least, mallocInfo());
    }
    return least;
  }

  private static long mallocInfo() {
    Linker linker = Linker.nativeLinker();
    Optional<MemorySegment> address = linker.defaultLookup().find("mallinfo2");
    Assumptions.assumeTrue(address.isPresent(), "glibc 2.33 or newer tells what malloc gave out");
    MethodHandle mallinfo2 =
        linker.downcallHandle(address.orElseThrow(), FunctionDescriptor.of(MALLINFO2));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = (MemorySegment) mallinfo2.invokeExact((SegmentAllocator) arena);
      return info.getAtIndex(JAVA_LONG, HBLKHD) + info.getAtIndex(JAVA_LONG, UORDBLKS);
    } catch (Throwable failure) {
      throw new AssertionError(failure);
    }
  }
}
