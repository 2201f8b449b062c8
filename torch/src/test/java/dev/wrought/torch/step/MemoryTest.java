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
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A step leaves nothing behind: neither tensors nor native memory. */
class MemoryTest {
  private static final int STEPS = 2_000;

  /** However small, a tensor takes some 400 bytes: a third of one a step is too much. */
  private static final long MOST_BYTES_PER_STEP = 128;

  @Test
  void apply_twoThousandSmallSteps_leaveNoTensorsAndNoMemory() throws Exception {
    assertNothingStays("smallest", ScalarType.FLOAT32, "muon");
  }

  /** Two layers, two strips of attention. */
  @Tag("long")
  @ParameterizedTest
  @CsvSource({"FLOAT32, adamw", "BFLOAT16, adamw", "BFLOAT16, muon"})
  void apply_twoThousandSteps_leaveNoTensorsAndNoMemory(ScalarType type, String optimizer)
      throws Exception {
    assertNothingStays("llama", type, optimizer);
  }

  private static void assertNothingStays(String model, ScalarType type, String optimizer)
      throws Exception {
    Assumptions.assumeTrue(
        Linker.nativeLinker().defaultLookup().find("mallinfo2").isPresent(),
        "glibc 2.33 or newer tells what malloc gave out");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:NativeMemoryTracking=summary",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Steps.class.getName(),
                model,
                type.name(),
                optimizer)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String growth = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor());
    long most = STEPS * MOST_BYTES_PER_STEP;
    assertTrue(
        Long.parseLong(growth.strip()) < most, "grew by %s, not under %d".formatted(growth, most));
  }

  /** Prints by how many bytes the steps let native memory grow. */
  static final class Steps {
    private static final Pattern BY_THE_MACHINE = Pattern.compile("malloc: (\\d+)");
    private static final Pattern FOR_THE_PROGRAM = Pattern.compile("malloc=(\\d+) tag=Other");

    private Steps() {}

    public static void main(String[] arguments) throws Throwable {
      Libtorch.start(1);
      boolean small = arguments[0].equals("smallest");
      ModelConfig config = TinyModels.named(arguments[0]);
      TokenBatch batch =
          small ? TinyModels.tokens(1, 8, 3) : TinyModels.tokens(1, TinyModels.CONTEXT, 3);
      try (NDManager home = TensorScope.newHome();
          TensorScope outer = TensorScope.within(home);
          Parameters parameters =
              Parameters.initialise(config, 1, ScalarType.valueOf(arguments[1]), Device.cpu());
          Decoder decoder = new Decoder(config, parameters);
          Optimizer optimizer = optimizer(arguments[2], parameters);
          TrainingStep step = new TrainingStep(decoder, optimizer, 1)) {
        run(step, batch, 20);
        allocatedBytes(); // what the asking itself takes, it takes once
        long before = allocatedBytes();
        run(step, batch, STEPS);
        System.out.println(allocatedBytes() - before);
        if (!home.getManagedArrays().isEmpty()) {
          throw new AssertionError(home.getManagedArrays().size() + " tensors are left");
        }
      }
    }

    private static Optimizer optimizer(String name, Parameters parameters) {
      return switch (name) {
        case "adamw" -> new AdamW(parameters, AdamW.Settings.LLAMA);
        case "muon" -> new Muon(parameters, new Muon.Settings(0.95, AdamW.Settings.LLAMA));
        default -> throw new IllegalArgumentException(name);
      };
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
     * What malloc has given out and not got back, without what the virtual machine took for itself:
     * its compiler's memory comes and goes by megabytes. The resident size would hide a leak of
     * this size among the pages of Java's heap.
     */
    private static long allocatedBytes() throws Throwable {
      System.gc(); // frees the buffers that tensors were filled from
      Thread.sleep(200); // in which the freeing is done
      String machine = machineMemory();
      long itsOwn = number(BY_THE_MACHINE, machine) - number(FOR_THE_PROGRAM, machine);
      return mallocBytes() - itsOwn;
    }

    private static long mallocBytes() throws Throwable {
      MemoryLayout mallinfo2 =
          MemoryLayout.structLayout(MemoryLayout.sequenceLayout(10, JAVA_LONG));
      Linker linker = Linker.nativeLinker();
      MethodHandle ask =
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("mallinfo2"), FunctionDescriptor.of(mallinfo2));
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment info = (MemorySegment) ask.invokeExact((SegmentAllocator) arena);
        long mapped = info.getAtIndex(JAVA_LONG, 4); // hblkhd
        return mapped + info.getAtIndex(JAVA_LONG, 7); // uordblks
      }
    }

    /** {@code jcmd VM.native_memory} of this process. */
    private static String machineMemory() throws JMException {
      return (String)
          ManagementFactory.getPlatformMBeanServer()
              .invoke(
                  new ObjectName("com.sun.management:type=DiagnosticCommand"),
                  "vmNativeMemory",
                  new Object[] {new String[] {"summary", "scale=B"}},
                  new String[] {String[].class.getName()});
    }

    private static long number(Pattern pattern, String text) {
      Matcher matcher = pattern.matcher(text);
      if (!matcher.find()) {
        throw new AssertionError("no " + pattern + " in " + text);
      }
      return Long.parseLong(matcher.group(1));
    }
  }
}
