package dev.wrought.cli;

import dev.wrought.cli.command.Interruption;
import dev.wrought.cli.local.Installation;
import dev.wrought.cli.local.Platform;
import dev.wrought.cli.local.Ports;
import dev.wrought.cli.local.Settings;
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

  private PlatformRehearsal() {}

  /**
   * Rehearses. Cut short by a signal, it kills what it started: nobody else knows of it.
   *
   * @param arguments the folder to use as the platform's home
   */
  public static void main(String[] arguments) {
    Path root = Path.of(System.getProperty("wrought.root"));
    Path home = Path.of(arguments[0]);
    // A plugin that is refused is for `up` to tell of.
    Map<String, String> environment =
        Map.of("WROUGHT_PLUGINS", home.resolve("no-plugins").toString());
    Settings settings =
        new Settings(Optional.of(home), OptionalInt.of(Ports.freeBase()), environment, root);
    Platform platform = new Platform(settings, Installation.recording(root), "rehearsal");
    try (Interruption _ =
        Interruption.handledBy(() -> platform.down(Duration.ZERO, System.err::println))) {
      try {
        platform.up(System.err::println);
      } finally {
        platform.down(GRACE, System.err::println);
      }
    }
  }
}
