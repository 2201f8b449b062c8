package dev.wrought.trainer.backend;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a worker is told, the same as a process or as a pod.
 *
 * @param main the class whose main method is the worker
 * @param arguments of the main method
 * @param environment variables set besides the inherited ones
 * @param log where its output is appended
 */
public record WorkerSpec(
    String main, List<String> arguments, Map<String, String> environment, Path log) {
  public WorkerSpec {
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }
}
