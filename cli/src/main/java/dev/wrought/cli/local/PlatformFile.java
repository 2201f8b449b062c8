package dev.wrought.cli.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@code platform.json} says: which processes were started, on which ports.
 *
 * @param version of Wrought, that started it
 * @param kafka bootstrap servers
 * @param externalKafka the broker is not ours
 * @param stopping somebody is taking the platform down: nobody restarts anything
 */
public record PlatformFile(
    String version,
    int portBase,
    String kafka,
    boolean externalKafka,
    boolean stopping,
    List<ProcessRecord> processes) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  public PlatformFile {
    processes = List.copyOf(processes);
  }

  /** Where some process of it is alive. */
  static Optional<PlatformFile> live(Home home) {
    return read(home).filter(PlatformFile::anyAlive);
  }

  static Optional<PlatformFile> read(Home home) {
    if (Files.notExists(home.platformFile())) { // nothing runs, or the home cannot be a folder
      return Optional.empty();
    }
    try {
      return Optional.of(parse(Files.readString(home.platformFile())));
    } catch (NoSuchFileException justTakenDown) {
      return Optional.empty();
    } catch (IOException | RuntimeException failure) {
      throw new WroughtException(
          ErrorCode.UNAVAILABLE,
          "%s cannot be read (%s): end what still runs, then delete it"
              .formatted(
                  home.platformFile(),
                  String.valueOf(failure.getMessage()).lines().findFirst().orElse("")),
          failure);
    }
  }

  void write(Home home) {
    ObjectNode node = JSON.createObjectNode();
    node.put("layoutVersion", Home.LAYOUT_VERSION).put("version", version);
    node.put("portBase", portBase).put("kafka", kafka);
    node.put("externalKafka", externalKafka).put("stopping", stopping);
    ArrayNode list = node.putArray("processes");
    for (ProcessRecord process : processes) {
      list.addObject()
          .put("name", process.part().label())
          .put("pid", process.pid())
          .put("started", process.started().toString())
          .put("port", process.port());
    }
    try {
      Home.replace(home.platformFile(), JSON.writeValueAsString(node) + "\n");
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static PlatformFile parse(String text) throws IOException {
    JsonNode node = JSON.readTree(text);
    List<ProcessRecord> processes = new ArrayList<>();
    for (JsonNode process : node.required("processes")) {
      processes.add(
          new ProcessRecord(
              Part.of(process.required("name").asText()),
              process.required("pid").asLong(),
              Instant.parse(process.required("started").asText()),
              process.required("port").asInt()));
    }
    return new PlatformFile(
        node.required("version").asText(),
        node.required("portBase").asInt(),
        node.required("kafka").asText(),
        node.required("externalKafka").asBoolean(),
        node.required("stopping").asBoolean(),
        processes);
  }

  /**
   * Whether what runs is what was asked for.
   *
   * @throws WroughtException FAILED_PRECONDITION for other ports, or another broker
   */
  void checkAsked(Settings settings) {
    settings
        .chosenPortBase()
        .ifPresent(asked -> {
          if (asked != portBase) {
            throw new WroughtException(
                ErrorCode.FAILED_PRECONDITION,
                "the platform already runs on ports from %d; to move it to %d: ./wrought down first"
                    .formatted(portBase, asked));
          }
        });
    settings
        .externalKafka()
        .ifPresent(asked -> {
          if (!asked.equals(kafka)) {
            throw new WroughtException(
                ErrorCode.FAILED_PRECONDITION,
                "the platform already runs with the broker %s; to use %s (KAFKA_BOOTSTRAP_SERVERS): ./wrought down first"
                    .formatted(kafka, asked));
          }
        });
  }

  Optional<ProcessRecord> process(Part part) {
    return processes.stream().filter(process -> process.part() == part).findFirst();
  }

  boolean anyAlive() {
    return processes.stream().anyMatch(ProcessRecord::alive);
  }

  PlatformFile with(ProcessRecord started) {
    List<ProcessRecord> others = new ArrayList<>(processes);
    others.removeIf(process -> process.part() == started.part());
    others.add(started);
    return new PlatformFile(version, portBase, kafka, externalKafka, stopping, others);
  }

  /** The same, to be taken down, or wanted after all. */
  PlatformFile stopping(boolean change) {
    return new PlatformFile(version, portBase, kafka, externalKafka, change, processes);
  }
}
