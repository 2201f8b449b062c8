package dev.wrought.benchmarks;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A Python that has the peers' libraries.
 *
 * @param path of the program
 */
record PeerPython(String path) {
  /** Names it in the environment. */
  static final String VARIABLE = "WROUGHT_PEER_PYTHON";

  /** The one that the environment names, if it does. */
  static Optional<PeerPython> find() {
    return Optional.ofNullable(System.getenv(VARIABLE))
        .filter(path -> !path.isBlank())
        .map(PeerPython::new);
  }

  /** Will run one of our scripts; what it says beside its answers is shown. */
  ProcessBuilder script(String name, String threads) {
    Path script = Path.of(System.getProperty("wrought.root", "."), "benchmarks", "peers", name);
    ProcessBuilder builder = new ProcessBuilder(path, script.toString());
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("OMP_NUM_THREADS", threads);
    return builder;
  }
}
