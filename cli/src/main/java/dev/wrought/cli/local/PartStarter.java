package dev.wrought.cli.local;

import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Starts a part of the platform as a process that outlives the command, and records it. */
final class PartStarter {
  private final Home home;
  private final Installation installation;
  private final Settings settings;

  PartStarter(Settings settings, Installation installation) {
    this.home = settings.home();
    this.installation = installation;
    this.settings = settings;
  }

  /**
   * Starts a part, whose log begins anew; the log before it is kept.
   *
   * @return the file, written, with the part's process
   * @throws WroughtException if the command was interrupted, or the process cannot be started or
   *     recorded
   */
  PlatformFile start(Part part, PlatformFile file) {
    Platform.pause(Duration.ZERO); // whoever was interrupted starts nothing more
    int port = part.port(file.portBase());
    List<String> command = new ArrayList<>(ownSession());
    command.addAll(installation.command(part, home, port));
    Path log = home.log(part);
    ProcessBuilder builder = new ProcessBuilder(command).directory(installation.root().toFile());
    builder.environment().putAll(environment(part, file));
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    try {
      if (Files.exists(log)) {
        Files.move(
            log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
      }
      return recorded(part, builder.start(), port, file);
    } catch (IOException failure) {
      throw Home.storage("cannot start " + part.label() + " with its log in " + log, failure);
    }
  }

  /** A process that cannot be recorded is ended: nobody would find it again. */
  private PlatformFile recorded(Part part, Process process, int port, PlatformFile file) {
    try {
      PlatformFile started = file.with(ProcessRecord.of(part, process, port));
      started.write(home);
      return started;
    } catch (RuntimeException failure) {
      process.destroyForcibly();
      throw failure;
    }
  }

  /** Out of the terminal's reach: Ctrl-C and hang-up are for the command, not for the platform. */
  private static List<String> ownSession() {
    return Files.isExecutable(Path.of("/usr/bin/setsid")) ? List.of("/usr/bin/setsid") : List.of();
  }

  private Map<String, String> environment(Part part, PlatformFile file) {
    Map<String, String> peers =
        Arrays.stream(Part.values())
            .filter(peer -> peer != Part.BROKER)
            .collect(
                Collectors.toMap(
                    peer -> "WROUGHT_PEERS_" + peer.name(),
                    peer -> "127.0.0.1:" + peer.port(file.portBase())));
    peers.put("WROUGHT_HOME", home.folder().toString());
    peers.put("WROUGHT_PORT", Integer.toString(part.port(file.portBase())));
    peers.put("KAFKA_BOOTSTRAP_SERVERS", file.kafka());
    peers.put("WROUGHT_PLUGINS", settings.plugins().toString());
    peers.put("OPT_OUT_TRACKING", "true");
    return peers;
  }
}
