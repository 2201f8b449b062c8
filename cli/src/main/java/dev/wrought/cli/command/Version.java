package dev.wrought.cli.command;

import dev.wrought.cli.terminal.Json;
import dev.wrought.core.error.ExitCode;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code wrought version}. */
@Command(description = "Show the version, the JDK and the system.")
final class Version implements Callable<Integer>, ExitCodeHelp.Own {
  @Mixin private final Common common;

  Version(Workplace workplace) {
    this.common = new Common(workplace);
  }

  /**
   * What runs.
   *
   * @param number of Wrought
   */
  record Facts(String number, String jdk, String system) {}

  static Facts current() {
    String number =
        Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
            .orElse("development");
    String system =
        "%s %s %s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch"));
    return new Facts(number, Runtime.version().toString(), system);
  }

  @Override
  public Set<ExitCode> exitCodes() {
    return ExitCodeHelp.ALONE;
  }

  @Override
  public Integer call() {
    Facts facts = current();
    if (common.json) {
      common
          .terminal()
          .result(
              Json.pretty(
                  Json.object()
                      .put("version", facts.number())
                      .put("jdk", facts.jdk())
                      .put("system", facts.system())));
    } else {
      common
          .terminal()
          .result("wrought %s (JDK %s, %s)".formatted(facts.number(), facts.jdk(), facts.system()));
    }
    return ExitCode.OK.code();
  }
}
