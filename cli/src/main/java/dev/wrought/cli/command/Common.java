package dev.wrought.cli.command;

import com.google.protobuf.Message;
import dev.wrought.cli.client.Services;
import dev.wrought.cli.local.Installation;
import dev.wrought.cli.local.Platform;
import dev.wrought.cli.local.Settings;
import dev.wrought.cli.terminal.Json;
import dev.wrought.cli.terminal.Terminal;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every verb understands. */
final class Common {
  // The options of a verb itself have no order, and come first.
  private final Workplace workplace;

  @Option(names = "--json", order = 100, description = "Print the result as JSON.")
  boolean json;

  @Option(
      names = "--home",
      order = 101,
      paramLabel = "FOLDER",
      description = "Where the platform keeps everything (WROUGHT_HOME; default: .wrought).")
  private @Nullable Path home;

  @Option(
      names = "--port-base",
      order = 102,
      paramLabel = "PORT",
      description = "The first service's port (WROUGHT_PORT_BASE; default: 7710).")
  private @Nullable Integer portBase;

  @Mixin private final HelpOption help = new HelpOption();

  Common(Workplace workplace) {
    this.workplace = workplace;
  }

  Workplace workplace() {
    return workplace;
  }

  Terminal terminal() {
    return workplace.terminal();
  }

  Settings settings() {
    return new Settings(
        Optional.ofNullable(home).map(workplace::resolve),
        portBase == null ? OptionalInt.empty() : OptionalInt.of(portBase),
        workplace.environment(),
        workplace.root());
  }

  Platform platform() {
    return new Platform(
        settings(), Installation.current(workplace.root()), Version.current().number());
  }

  Services services() {
    return new Services(settings().portBase());
  }

  /** Prints a message as JSON. */
  void print(Message message) {
    terminal().result(Json.pretty(Json.of(message)));
  }

  /** What to try next, for people. */
  void suggest(String command, String purpose) {
    if (!json) {
      terminal()
          .note(
              terminal().styled(Terminal.Style.QUIET, "next: ")
                  + command
                  + terminal().styled(Terminal.Style.QUIET, "   " + purpose));
    }
  }
}
