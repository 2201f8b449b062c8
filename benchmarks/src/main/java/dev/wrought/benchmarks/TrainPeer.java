package dev.wrought.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.util.Map;
import java.util.Optional;

/** PyTorch training the same model in a process of its own, one step whenever it is asked. */
final class TrainPeer implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final Writer requests;
  private final BufferedReader answers;
  private final String name;
  private final long parameters;

  private TrainPeer(Process process, Map<String, Object> setup) throws IOException {
    this.process = process;
    requests = process.outputWriter();
    answers = process.inputReader();
    JsonNode ready = ask(JSON.writeValueAsString(setup));
    name = ready.path("name").asText();
    parameters = ready.path("parameters").asLong();
  }

  /**
   * Starts the peer, if the environment names one.
   *
   * @param setup the fields that train_gpt.py reads
   */
  static Optional<TrainPeer> start(Map<String, Object> setup) {
    return PeerPython.find().map(python -> start(python, setup));
  }

  private static TrainPeer start(PeerPython python, Map<String, Object> setup) {
    ProcessBuilder builder = python.script("train_gpt.py", String.valueOf(setup.get("threads")));
    try {
      Process process = builder.start();
      try {
        return new TrainPeer(process, setup);
      } catch (IOException | RuntimeException silent) {
        process.destroyForcibly();
        throw silent;
      }
    } catch (IOException e) {
      throw new WroughtException(
          ErrorCode.UNAVAILABLE,
          "the peer %s does not run: %s (unset %s to do without)"
              .formatted(builder.command(), e.getMessage(), PeerPython.VARIABLE),
          e);
    }
  }

  /** With its version. */
  String name() {
    return name;
  }

  /** How many the peer's model has. */
  long parameters() {
    return parameters;
  }

  /** Trains one step; returns the seconds that it took. */
  double step() {
    try {
      return ask("step").path("seconds").asDouble();
    } catch (IOException e) {
      throw new WroughtException(
          ErrorCode.UNAVAILABLE, "the peer %s: %s".formatted(name, e.getMessage()), e);
    }
  }

  private JsonNode ask(String line) throws IOException {
    requests.write(line + "\n");
    requests.flush();
    String answer = answers.readLine();
    if (answer == null) {
      throw new IOException("it ended without an answer");
    }
    return JSON.readTree(answer);
  }

  @Override
  public void close() {
    try {
      requests.close();
      answers.close();
    } catch (IOException e) {
      process.destroy();
    }
  }
}
