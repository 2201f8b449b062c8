package dev.wrought.cli.local;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where the platform is, and on which ports. The order of what decides: a flag, then a {@code
 * WROUGHT_*} variable, then what runs as {@code platform.json} says, then the default.
 *
 * @param homeFlag {@code --home}
 * @param portBaseFlag {@code --port-base}
 * @param environment the process's variables
 * @param root the checkout; {@code .wrought} lies in it by default
 */
public record Settings(
    Optional<Path> homeFlag, OptionalInt portBaseFlag, Map<String, String> environment, Path root) {
  private static final int DEFAULT_PORT_BASE = 7710;

  /** The highest base whose last port, the broker's, still exists. */
  private static final int HIGHEST_PORT_BASE = 65_535 - 9;

  public Home home() {
    return new Home(
        homeFlag.orElseGet(
            () -> variable("WROUGHT_HOME").map(Path::of).orElse(root.resolve(".wrought"))));
  }

  /** The port of the first service; the others' follow from it. */
  public int portBase() {
    return chosenPortBase()
        .orElseGet(
            () -> PlatformFile.live(home()).map(PlatformFile::portBase).orElse(DEFAULT_PORT_BASE));
  }

  /** What the user asked for, by flag or variable. */
  public OptionalInt chosenPortBase() {
    if (portBaseFlag.isPresent()) {
      return OptionalInt.of(checked("--port-base", portBaseFlag.getAsInt()));
    }
    return variable("WROUGHT_PORT_BASE")
        .map(text -> OptionalInt.of(checked("WROUGHT_PORT_BASE", number(text))))
        .orElse(OptionalInt.empty());
  }

  /** Where jars with plugins are looked for, absolute. */
  public Path plugins() {
    return variable("WROUGHT_PLUGINS")
        .map(Path::of)
        .orElse(root.resolve("plugins"))
        .toAbsolutePath();
  }

  /** A broker that is run by somebody else; then the platform starts none. */
  public Optional<String> externalKafka() {
    return variable("KAFKA_BOOTSTRAP_SERVERS");
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  private static int number(String text) {
    return text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : -1;
  }

  private static int checked(String origin, int portBase) {
    if (portBase < 1024 || portBase > HIGHEST_PORT_BASE) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT,
          "%s is %s; it must be a port from 1024 to %d"
              .formatted(origin, portBase < 0 ? "not a number" : portBase, HIGHEST_PORT_BASE));
    }
    return portBase;
  }
}
