package dev.wrought.cli.command;

import dev.wrought.cli.terminal.Amounts;
import dev.wrought.proto.trainer.v1.RunState;
import java.util.Locale;

/** How single values read in tables and lines. */
final class Words {
  private Words() {}

  /** Enough of a digest to tell artifacts apart, and to type. */
  static String shortDigest(String digest) {
    return digest.length() > 12 ? digest.substring(0, 12) : digest;
  }

  /** {@code running}. */
  static String state(RunState state) {
    return state.name().replace("RUN_STATE_", "").toLowerCase(Locale.ROOT);
  }

  static String optional(boolean present, double value, int digits) {
    return present ? Amounts.decimal(value, digits) : "-";
  }
}
