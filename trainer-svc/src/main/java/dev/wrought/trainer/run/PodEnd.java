package dev.wrought.trainer.run;

import dev.wrought.core.error.ExitCode;
import dev.wrought.trainer.backend.Pod;
import dev.wrought.trainer.journal.RunDirectory;
import dev.wrought.trainer.journal.WorkerExit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** How a worker ended, as far as can be told from what it left behind. */
sealed interface PodEnd {
  /** With a documented exit code. */
  record Said(ExitCode code, String message) implements PodEnd {}

  /** Without one: killed, crashed, its machine gone. */
  record Silent(String message) implements PodEnd {}

  /** Looks at the worker's last words, then at its exit code where that is known. */
  static PodEnd of(RunDirectory run, int epoch, Optional<Pod> pod) {
    Optional<WorkerExit> words = WorkerExit.read(run, epoch);
    if (words.isPresent()) {
      return documented(words.get().code())
          .<PodEnd>map(code -> new Said(code, words.get().message()))
          .orElseGet(() -> new Silent("it ended with the code " + words.get().code()));
    }
    OptionalInt code = pod.map(Pod::exitCode).orElse(OptionalInt.empty());
    if (code.isEmpty()) {
      return new Silent("it ended while nobody looked");
    }
    return documented(code.getAsInt())
        .<PodEnd>map(known -> new Said(known, lastLine(run)))
        .orElseGet(() -> new Silent(describe(code.getAsInt())));
  }

  /** Why a run is in the state that an exit code leads to. */
  static String reason(ExitCode code, boolean stopping) {
    return switch (code) {
      case OK -> "Completed";
      case STOPPED, INTERRUPTED -> stopping ? "StoppedByUser" : "StoppedBySignal";
      case NON_FINITE -> "NonFiniteLoss";
      case OUT_OF_MEMORY -> "OutOfMemory";
      case FENCED -> "Fenced";
      case INVALID_INPUT, USAGE -> "InvalidInput";
      case RESOURCES -> "InsufficientResources";
      case EXTERNAL -> "DependencyFailed";
      case INTERNAL -> "WorkerFailed";
    };
  }

  private static Optional<ExitCode> documented(int code) {
    return Arrays.stream(ExitCode.values()).filter(each -> each.code() == code).findFirst();
  }

  /** Shells and Java add 128 to the number of the signal that ended a process. */
  private static String describe(int code) {
    return code > 128
        ? "it was ended by signal %d".formatted(code - 128)
        : "it ended with the code " + code;
  }

  private static String lastLine(RunDirectory run) {
    try {
      byte[] bytes = Files.readAllBytes(run.workerLog());
      int from = Math.max(0, bytes.length - 4096);
      List<String> lines =
          new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8).lines().toList();
      return lines.isEmpty() ? "" : lines.getLast();
    } catch (IOException unreadable) {
      return "";
    }
  }
}
