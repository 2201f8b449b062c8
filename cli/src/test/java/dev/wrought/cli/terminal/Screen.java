package dev.wrought.cli.terminal;

import dev.wrought.cli.terminal.Terminal.Look;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** A terminal whose two streams can be read afterwards. */
public final class Screen {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Terminal terminal;

  private Screen(Look look) {
    terminal = new Terminal(stream(out), stream(err), look);
  }

  /** Pipes and files. */
  public static Screen plain() {
    return new Screen(Look.plain());
  }

  /** A terminal with everything, so many columns wide. */
  public static Screen moving(int columns) {
    return new Screen(new Look(true, true, true, true, columns));
  }

  public static Screen of(Look look) {
    return new Screen(look);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  public Terminal terminal() {
    return terminal;
  }

  public String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  public String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
