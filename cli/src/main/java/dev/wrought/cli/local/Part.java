package dev.wrought.cli.local;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the platform is made of: one process each. */
public enum Part {
  BROKER(9),
  TOKENIZER(0),
  TRAINER(1),
  EVAL(2),
  SERVING(3);

  private final int portOffset;

  Part(int portOffset) {
    this.portOffset = portOffset;
  }

  /** In commands, files and logs: {@code eval}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  public int port(int portBase) {
    return portBase + portOffset;
  }

  /** The part with this label, or its module's name ({@code eval-svc}). */
  public static Part of(String label) {
    return Arrays.stream(values())
        .filter(part -> part.label().equals(label) || (part.label() + "-svc").equals(label))
        .findFirst()
        .orElseThrow(() ->
            new WroughtException(
                ErrorCode.NOT_FOUND,
                "no part '%s'; the platform's parts are %s".formatted(label, labels())));
  }

  public static String labels() {
    return Arrays.stream(values()).map(Part::label).collect(Collectors.joining(", "));
  }
}
