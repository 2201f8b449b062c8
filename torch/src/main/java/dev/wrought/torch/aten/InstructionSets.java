package dev.wrought.torch.aten;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The processor's instruction sets, as Linux lists them.
 *
 * @param flags empty where they are not known
 */
record InstructionSets(Set<String> flags) {

  /** Those that libtorch's kernels choose between. */
  private static final List<String> DECISIVE =
      List.of("avx2", "fma", "avx512f", "avx512_vnni", "avx512_bf16", "amx_tile", "amx_bf16");

  static InstructionSets ofThisMachine() {
    return read(Path.of("/proc/cpuinfo"));
  }

  static InstructionSets read(Path cpuinfo) {
    try (var lines = Files.lines(cpuinfo)) {
      return new InstructionSets(
          lines
              .filter(line -> line.startsWith("flags"))
              .findFirst()
              .map(line -> Set.of(line.substring(line.indexOf(':') + 1).trim().split(" +")))
              .orElse(Set.of()));
    } catch (IOException e) {
      return new InstructionSets(Set.of());
    }
  }

  /** Without AVX2 libtorch's kernels would end in an illegal instruction or a crawl. */
  void requireFitForLibtorch() {
    if (!flags.isEmpty() && !flags.contains("avx2")) {
      throw new WroughtException(
          ErrorCode.NATIVE_LIBRARY,
          "this processor (%s) is too old for libtorch: it lacks AVX2"
              .formatted(System.getProperty("os.arch").toLowerCase(Locale.ROOT)));
    }
  }

  /** As in {@code avx2+fma}; the architecture's name where the sets are not known. */
  String decisive() {
    return flags.isEmpty()
        ? System.getProperty("os.arch")
        : DECISIVE.stream().filter(flags::contains).collect(Collectors.joining("+"));
  }

  boolean hasBfloat16() {
    return flags.contains("avx512_bf16") || flags.contains("amx_bf16");
  }
}
