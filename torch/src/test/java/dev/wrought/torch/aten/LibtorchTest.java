package dev.wrought.torch.aten;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.ExitCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.torch.autograd.TensorScope;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibtorchTest {

  /** Loads the library in a process of its own, as a worker does. */
  static final class Loads {
    public static void main(String[] arguments) {
      try {
        Libtorch.start(1);
      } catch (WroughtException e) {
        System.out.println(e.getMessage());
        System.exit(ExitCode.of(e.code()).code());
      }
    }
  }

  @Test
  void start_jarsMissing_saysWhereTheLibraryComesFrom(@TempDir Path empty) throws Exception {
    String withoutNatives =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.contains("pytorch-native"))
            .collect(Collectors.joining(File.pathSeparator));
    String said = failureToLoad(withoutNatives, Map.of("DJL_CACHE_DIR", empty.toString()));
    assertTrue(said.startsWith("cannot load libtorch: "), said);
    assertTrue(said.contains("PYTORCH_LIBRARY_PATH"), said);
  }

  @Test
  void start_namedFolderWithoutTheLibrary_isNotPassedOver(@TempDir Path empty) throws Exception {
    String said =
        failureToLoad(
            System.getProperty("java.class.path"),
            Map.of("PYTORCH_LIBRARY_PATH", empty.toString()));
    assertTrue(said.startsWith("PYTORCH_LIBRARY_PATH is " + empty), said);
  }

  private static String failureToLoad(String classPath, Map<String, String> environment)
      throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            classPath,
            Loads.class.getName());
    builder.environment().putAll(environment);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(ExitCode.RESOURCES.code(), process.waitFor(), said);
    return said;
  }

  @Test
  void start_moreThreadsThanProcessors_isRefused() {
    WroughtException e = assertThrows(WroughtException.class, () -> Libtorch.start(100_000));
    assertEquals(ErrorCode.INVALID_ARGUMENT, e.code());
    assertThrows(WroughtException.class, () -> Libtorch.start(0));
  }

  @Test
  void requireFitForLibtorch_processorWithoutAvx2_isTooOld(@TempDir Path folder)
      throws IOException {
    Path cpuinfo = Files.writeString(folder.resolve("cpuinfo"), "flags\t\t: fpu sse2 avx\n");
    InstructionSets old = InstructionSets.read(cpuinfo);
    WroughtException e = assertThrows(WroughtException.class, old::requireFitForLibtorch);
    assertEquals(ErrorCode.NATIVE_LIBRARY, e.code());
    assertTrue(e.getMessage().contains("AVX2"), e.getMessage());
    assertFalse(old.hasBfloat16());
    Files.writeString(cpuinfo, "flags\t\t: fma fpu avx512_bf16 avx2\n");
    assertEquals("avx2+fma+avx512_bf16", InstructionSets.read(cpuinfo).decisive());
    InstructionSets.read(folder.resolve("absent")).requireFitForLibtorch();
  }

  @Test
  void operator_shapesThatDoNotFit_areNamedInTheFailure() {
    Libtorch.start(1);
    assertEquals("2.7.1", Libtorch.version());
    try (TensorScope scope = TensorScope.open()) {
      NDArray a = Tensors.zeros(new Shape(2, 3), ScalarType.FLOAT32, Device.cpu());
      NDArray b = Tensors.zeros(new Shape(4, 5), ScalarType.BFLOAT16, Device.cpu());
      WroughtException e = assertThrows(WroughtException.class, () -> Arithmetic.product(a, b));
      assertEquals(ErrorCode.INTERNAL_ERROR, e.code());
      assertTrue(
          e.getMessage().startsWith("aten::mm failed on float32(2, 3), bfloat16(4, 5)"),
          e.getMessage());
      e = assertThrows(WroughtException.class, () -> Layers.geluBackward(a, b, true));
      assertTrue(e.getMessage().startsWith("torch operator tanh_backward failed"), e.getMessage());
    }
  }

  @Test
  void operator_withoutScope_isRefused() throws InterruptedException {
    Libtorch.start(1);
    WroughtException e =
        assertThrows(
            WroughtException.class,
            () -> Tensors.zeros(new Shape(1), ScalarType.FLOAT32, Device.cpu()));
    assertTrue(e.getMessage().contains("open TensorScope"), e.getMessage());
  }
}
