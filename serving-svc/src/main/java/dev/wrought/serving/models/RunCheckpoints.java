package dev.wrought.serving.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrought.core.checkpoint.Checkpoint;
import dev.wrought.core.checkpoint.Checkpoints;
import dev.wrought.core.checkpoint.RunFolder;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.Nearest;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The runs under one home, as far as their checkpoints go. trainer-svc writes them. */
final class RunCheckpoints {
  private static final System.Logger LOG = System.getLogger(RunCheckpoints.class.getName());
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path home;

  RunCheckpoints(Path home) {
    this.home = home;
  }

  private record Run(RunFolder folder, String name, Instant created) {
    Path checkpoints() {
      return folder.checkpoints();
    }
  }

  /**
   * The newest good checkpoint of the newest run with this name that has one.
   *
   * @param known checkpoints that need not be verified again
   * @throws WroughtException NOT_FOUND
   */
  Path newest(String name, Predicate<Path> known) {
    List<Run> all = runs();
    List<Run> named = all.stream().filter(run -> run.name().equals(name)).toList();
    if (named.isEmpty()) {
      Set<String> names = all.stream().map(Run::name).collect(Collectors.toSet());
      throw new WroughtException(
          ErrorCode.NOT_FOUND,
          "no run is called \"%s\"%s".formatted(name, Nearest.allowed(name, names)));
    }
    return named.stream()
        .flatMap(run -> newest(run, known).stream())
        .findFirst()
        .orElseThrow(() ->
            new WroughtException(
                ErrorCode.FAILED_PRECONDITION,
                "the run \"%s\" has no good checkpoint yet; wait for its first".formatted(name)));
  }

  private static Optional<Path> newest(Run run, Predicate<Path> known) {
    Optional<Path> listed = Checkpoints.list(run.checkpoints()).stream().findFirst();
    return listed.filter(known).isPresent()
        ? listed
        : Checkpoints.newestGood(run.checkpoints()).map(Checkpoint::path);
  }

  /** All runs that can be read, newest first. */
  private List<Run> runs() {
    Path runs = RunFolder.all(home);
    if (!Files.isDirectory(runs)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(runs)) {
      return folders
          .flatMap(folder -> read(new RunFolder(folder)).stream())
          .sorted(Comparator.comparing(Run::created).reversed())
          .toList();
    } catch (IOException failure) {
      throw new WroughtException(
          ErrorCode.STORAGE, "cannot list %s: %s".formatted(runs, failure), failure);
    }
  }

  private static Optional<Run> read(RunFolder folder) {
    Path file = folder.state();
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      JsonNode run = JSON.readTree(Files.readAllBytes(file));
      return Optional.of(
          new Run(folder, run.path("name").asText(), Instant.parse(run.path("created").asText())));
    } catch (IOException | DateTimeException damaged) {
      LOG.log(Level.WARNING, "{0} cannot be read: {1}", file, damaged.getMessage());
      return Optional.empty();
    }
  }
}
