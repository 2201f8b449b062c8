package dev.wrought.cli;

import dev.wrought.cli.local.Installation;
import dev.wrought.cli.local.Platform;
import dev.wrought.cli.local.Settings;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Starts the whole platform once, on free ports and in a folder of its own, and ends it: each part
 * then leaves its loaded classes behind, ready-made for every later start (JEP 483, JEP 514). The
 * launcher runs this after a build; a service is then ready in a third of the time.
 */
public final class PlatformRehearsal {
  /** A part writes its classes when it ends, which takes longer than ending. */
  private static final Duration GRACE = Duration.ofMinutes(5);

  private static final int PORTS = 10;

  private PlatformRehearsal() {}

  /**
   * Rehearses.
   *
   * @param arguments the folder to use as the platform's home
   * @throws IOException if there is no free port
   */
  public static void main(String[] arguments) throws IOException {
    Path root = Path.of(System.getProperty("wrought.root"));
    Settings settings =
        new Settings(
            Optional.of(Path.of(arguments[0])), OptionalInt.of(freePorts()), Map.of(), root);
    Platform platform = new Platform(settings, Installation.recording(root), "rehearsal");
    try {
      platform.up(System.err::println);
    } finally {
      platform.down(GRACE, System.err::println);
    }
  }

  /** A port that is free, with room for the other parts' ports above it. */
  private static int freePorts() throws IOException {
    while (true) {
      try (ServerSocket socket = new ServerSocket(0)) {
        if (socket.getLocalPort() + PORTS < 65_535) {
          return socket.getLocalPort();
        }
      }
    }
  }
}
