package dev.wrought.core.fuzz;

import java.nio.file.Path;

/**
 * Where the things of a target lie.
 *
 * @param module the module's folder
 */
record FuzzFolders(Path module, String target) {
  /** What is fuzzed. */
  Path sources() {
    return module.resolve("src/main/java");
  }

  /** What need not be kept, but makes it quicker to go on. */
  Path work() {
    return module.resolve("target/fuzz").resolve(target);
  }

  /** Inputs that reached something new. */
  Path corpus() {
    return work().resolve("corpus");
  }

  Path seeds() {
    return work().resolve("seeds");
  }

  Path dictionary() {
    return work().resolve("dictionary.txt");
  }

  /** For what the process lays down and forgets. */
  Path temporary() {
    return work().resolve("tmp");
  }

  /** Inputs that failed in this run. */
  Path failing() {
    return work().resolve("failing");
  }

  Path progress() {
    return work().resolve("progress.properties");
  }

  Path log() {
    return work().resolve("jazzer.log");
  }

  Path stamp() {
    return module.resolve("src/test/fuzz").resolve(target + ".properties");
  }

  /** Inputs that have failed once, which are kept. */
  Path found() {
    return module.resolve("src/test/resources/fuzz").resolve(target);
  }
}
