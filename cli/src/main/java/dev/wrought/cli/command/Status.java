package dev.wrought.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrought.cli.local.PartStatus;
import dev.wrought.cli.local.ProcessRecord;
import dev.wrought.cli.terminal.Amounts;
import dev.wrought.cli.terminal.Json;
import dev.wrought.cli.terminal.Table;
import dev.wrought.core.error.ExitCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code wrought status}. */
@Command(
    description = {
      "Show what runs, where, and how much memory it takes.",
      "",
      "Exit code 0 if every part is ready, 5 if any is not."
    })
final class Status implements Callable<Integer> {
  @Mixin private final Common common;

  Status(Workplace workplace) {
    this.common = new Common(workplace);
  }

  @Override
  public Integer call() {
    List<PartStatus> parts = common.platform().status();
    print(common, parts);
    if (exitCode(parts) != ExitCode.OK) {
      parts.stream()
          .filter(part -> part.state() == PartStatus.State.DEAD)
          .map(part -> part.part().label())
          .forEach(label -> common.suggest("./wrought logs " + label, "tells why it ended"));
      common.suggest("./wrought up", "starts what is missing");
    }
    return exitCode(parts).code();
  }

  static ExitCode exitCode(List<PartStatus> parts) {
    boolean ready =
        parts.stream()
            .map(PartStatus::state)
            .allMatch(
                state -> state == PartStatus.State.READY || state == PartStatus.State.EXTERNAL);
    return ready ? ExitCode.OK : ExitCode.EXTERNAL;
  }

  static void print(Common common, List<PartStatus> parts) {
    if (common.json) {
      ArrayNode array = Json.array();
      parts.forEach(part -> array.add(json(part)));
      common.terminal().result(Json.pretty(array));
    } else {
      table(parts).print(common.terminal());
    }
  }

  private static Table table(List<PartStatus> parts) {
    Table table = new Table("PART", "STATE", ">PORT", ">PID", ">UP", ">MEMORY");
    for (PartStatus part : parts) {
      table.row(
          part.part().label(),
          name(part.state()),
          part.state() == PartStatus.State.EXTERNAL ? "-" : Integer.toString(part.port()),
          part.process().map(process -> Long.toString(process.pid())).orElse("-"),
          part.process().filter(_ -> alive(part)).map(Status::age).orElse("-"),
          part.residentBytes().map(Amounts::bytes).orElse("-"));
    }
    long total = parts.stream().mapToLong(part -> part.residentBytes().orElse(0L)).sum();
    if (total > 0) {
      table.row("", "", "", "", "", Amounts.bytes(total));
    }
    return table;
  }

  private static boolean alive(PartStatus part) {
    return part.state() == PartStatus.State.READY || part.state() == PartStatus.State.UNRESPONSIVE;
  }

  private static String name(PartStatus.State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private static String age(ProcessRecord process) {
    return Amounts.duration(Duration.between(process.started(), Instant.now()));
  }

  private static ObjectNode json(PartStatus part) {
    ObjectNode node = Json.object();
    node.put("part", part.part().label()).put("state", name(part.state())).put("port", part.port());
    part.process()
        .ifPresentOrElse(
            process -> node.put("pid", process.pid()).put("started", process.started().toString()),
            () -> node.putNull("pid").putNull("started"));
    part.residentBytes()
        .ifPresentOrElse(
            bytes -> node.put("residentBytes", bytes), () -> node.putNull("residentBytes"));
    return node;
  }
}
