package dev.wrought.trainer.worker;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrought.core.artifact.DurableFiles;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.torch.aten.Libtorch;
import dev.wrought.trainer.journal.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;

/**
 * What the last bits of a sum depend on: how many threads share it, and which instructions add. A
 * run's first start pins both; a later start on a machine that cannot keep to them is inexact.
 *
 * @param threads compute threads
 * @param instructionSet as {@link Libtorch#instructionSet} has it
 */
record Machine(int threads, String instructionSet) {
  private static final ObjectMapper JSON = new ObjectMapper();

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
    String instructionSet = Libtorch.instructionSet();
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
}
