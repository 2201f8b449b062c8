package dev.wrought.trainer.worker;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrought.core.artifact.DurableFiles;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.trainer.journal.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the last bits of a sum depend on: how many threads share it, and which instructions add. A
 * run's first start pins both; a later start on a machine that cannot keep to them is inexact.
 *
 * @param threads compute threads
 * @param instructionSet the instructions that libtorch's kernels choose between, of those that the
 *     processor has
 */
record Machine(int threads, String instructionSet) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> DECISIVE =
      List.of("avx2", "fma", "avx512f", "avx512_vnni", "avx512_bf16", "amx_tile", "amx_bf16");

  /**
   * The machine of a start.
   *
   * @param exact whether it computes as at the run's first start
   */
  record Pinned(Machine machine, boolean exact) {}

  /**
   * This machine, held to what the run's first start was made with.
   *
   * @param threads wanted at the first start; 0: all processors that are granted
   */
  static Pinned pin(RunDirectory run, int threads) {
    int processors = Runtime.getRuntime().availableProcessors();
    String instructionSet = instructionSet(Path.of("/proc/cpuinfo"));
    try {
      if (!Files.exists(run.machine())) {
        Machine first =
            new Machine(threads == 0 ? processors : Math.min(threads, processors), instructionSet);
        DurableFiles.write(run.machine(), JSON.writeValueAsBytes(first));
        return new Pinned(first, true);
      }
      Machine first = JSON.readValue(Files.readAllBytes(run.machine()), Machine.class);
      Machine now = new Machine(Math.min(first.threads, processors), instructionSet);
      return new Pinned(now, now.equals(first));
    } catch (IOException failure) {
      throw new WroughtException(
          ErrorCode.STORAGE, "cannot keep %s: %s".formatted(run.machine(), failure), failure);
    }
  }

  private static String instructionSet(Path cpuinfo) {
    try (Stream<String> lines = Files.lines(cpuinfo)) {
      List<String> flags =
          lines
              .filter(line -> line.startsWith("flags"))
              .findFirst()
              .map(line -> Arrays.asList(line.split("\\s+")))
              .orElse(List.of());
      return DECISIVE.stream().filter(flags::contains).collect(Collectors.joining("+"));
    } catch (IOException unknown) {
      return System.getProperty("os.arch");
    }
  }
}
