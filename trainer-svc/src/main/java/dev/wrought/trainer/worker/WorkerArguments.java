package dev.wrought.trainer.worker;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.trainer.journal.RunDirectory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a worker is told.
 *
 * @param name of the run
 * @param epoch which start of the run this is
 * @param threads compute threads; 0: as many as there are processors
 */
record WorkerArguments(
    RunDirectory run, String name, int epoch, int threads, Path home, Path plugins) {
  private static final String USAGE =
      "usage: WorkerMain --run DIRECTORY --name NAME --epoch N --home DIRECTORY --plugins DIRECTORY [--threads N]";

  static WorkerArguments parse(List<String> arguments) {
    Map<String, String> values = new HashMap<>(Map.of("--threads", "0"));
    for (int i = 0; i < arguments.size(); i += 2) {
      if (i + 1 == arguments.size() || !arguments.get(i).startsWith("--")) {
        throw usage("'%s' has no value".formatted(arguments.get(i)));
      }
      values.put(arguments.get(i), arguments.get(i + 1));
    }
    return new WorkerArguments(
        new RunDirectory(Path.of(required(values, "--run"))),
        required(values, "--name"),
        number(values, "--epoch"),
        number(values, "--threads"),
        Path.of(required(values, "--home")),
        Path.of(required(values, "--plugins")));
  }

  private static String required(Map<String, String> values, String key) {
    String value = values.get(key);
    if (value == null) {
      throw usage(key + " is missing");
    }
    return value;
  }

  private static int number(Map<String, String> values, String key) {
    String value = required(values, key);
    try {
      return Integer.parseUnsignedInt(value);
    } catch (NumberFormatException notANumber) {
      throw usage("%s is '%s', not a number".formatted(key, value));
    }
  }

  private static WroughtException usage(String problem) {
    return new WroughtException(ErrorCode.INVALID_ARGUMENT, problem + "; " + USAGE);
  }
}
