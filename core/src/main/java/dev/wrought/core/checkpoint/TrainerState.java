package dev.wrought.core.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * {@code trainer-state.json}: what a run needs, beside weights and optimizer, to go on as if it had
 * never stopped; and what others want to know of a checkpoint without opening its tensors.
 *
 * @param epoch which start of the run wrote this; a checkpoint of an older epoch never replaces one
 *     of a newer
 * @param step optimizer steps done
 * @param plannedSteps the end; 0 while a duration in time is not yet measured
 * @param samples sequences consumed so far: position in the data order
 * @param totalTokens tokens trained on so far
 * @param seed decides initial weights and data order
 * @param rngState counter of the run's random numbers
 * @param firstLoss, loss, validationLoss nats per token; absent where unknown or not finite
 * @param learningRate of the last step
 * @param datasets the data order: name@digest and weight, in mixture order
 * @param threads, instructionSet what results were computed with since the first start
 * @param exact whether every start so far used the same threads and instruction set
 * @param trainingSeconds time spent in steps, over all starts
 */
public record TrainerState(
    String runUid,
    String run,
    int epoch,
    int step,
    int plannedSteps,
    long samples,
    long totalTokens,
    long seed,
    long rngState,
    OptionalDouble firstLoss,
    OptionalDouble loss,
    OptionalDouble validationLoss,
    double learningRate,
    String tokenizerDigest,
    List<WeightedDataset> datasets,
    int threads,
    String instructionSet,
    boolean exact,
    double trainingSeconds) {
  public static final String FILE_NAME = "trainer-state.json";
  private static final int FORMAT_VERSION = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A dataset by its pinned name, {@code name@digest}, and its weight in the mixture. */
  public record WeightedDataset(String dataset, double weight) {}

  public TrainerState {
    firstLoss = finite(firstLoss);
    loss = finite(loss);
    validationLoss = finite(validationLoss);
    datasets = List.copyOf(datasets);
  }

  private static OptionalDouble finite(OptionalDouble value) {
    return value.isPresent() && Double.isFinite(value.getAsDouble())
        ? value
        : OptionalDouble.empty();
  }

  /** Writes the file into a checkpoint's folder. */
  public void write(Path folder) throws IOException {
    ObjectNode node = JSON.createObjectNode().put("formatVersion", FORMAT_VERSION);
    node.put("runUid", runUid).put("run", run).put("epoch", epoch);
    node.put("step", step).put("plannedSteps", plannedSteps);
    node.put("samples", samples).put("totalTokens", totalTokens);
    node.put("seed", seed).put("rngState", rngState);
    firstLoss.ifPresent(value -> node.put("firstLoss", value));
    loss.ifPresent(value -> node.put("loss", value));
    validationLoss.ifPresent(value -> node.put("validationLoss", value));
    node.put("learningRate", learningRate).put("tokenizerDigest", tokenizerDigest);
    for (WeightedDataset each : datasets) {
      node.withArray("datasets")
          .addObject()
          .put("dataset", each.dataset())
          .put("weight", each.weight());
    }
    node.put("threads", threads).put("instructionSet", instructionSet).put("exact", exact);
    node.put("trainingSeconds", trainingSeconds);
    Files.writeString(folder.resolve(FILE_NAME), node.toPrettyString() + "\n");
  }

  /**
   * Reads the file of a checkpoint's folder.
   *
   * @throws WroughtException CORRUPT_FILE; FAILED_PRECONDITION where another Wrought wrote it;
   *     STORAGE where it cannot be read
   */
  public static TrainerState read(Path folder) {
    Path file = folder.resolve(FILE_NAME);
    byte[] content = content(file);
    try {
      JsonNode node = JSON.readTree(content);
      int version = node.required("formatVersion").intValue();
      if (version != FORMAT_VERSION) {
        throw new WroughtException(
            ErrorCode.FAILED_PRECONDITION,
            "%s has format version %d, and this Wrought reads %d; use the one that wrote it"
                .formatted(file, version, FORMAT_VERSION));
      }
      return of(node);
    } catch (IOException | IllegalArgumentException malformed) {
      throw new WroughtException(
          ErrorCode.CORRUPT_FILE, "%s: %s".formatted(file, malformed.getMessage()), malformed);
    }
  }

  private static byte[] content(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException missing) {
      throw new WroughtException(ErrorCode.CORRUPT_FILE, "%s is missing".formatted(file));
    } catch (IOException failure) {
      throw new WroughtException(
          ErrorCode.STORAGE, "cannot read %s: %s".formatted(file, failure), failure);
    }
  }

  private static TrainerState of(JsonNode node) {
    List<WeightedDataset> datasets = new ArrayList<>();
    for (JsonNode each : node.path("datasets")) {
      datasets.add(
          new WeightedDataset(
              each.required("dataset").asText(), each.required("weight").doubleValue()));
    }
    return new TrainerState(
        node.required("runUid").asText(),
        node.required("run").asText(),
        node.required("epoch").intValue(),
        node.required("step").intValue(),
        node.required("plannedSteps").intValue(),
        node.required("samples").longValue(),
        node.required("totalTokens").longValue(),
        node.required("seed").longValue(),
        node.required("rngState").longValue(),
        optional(node, "firstLoss"),
        optional(node, "loss"),
        optional(node, "validationLoss"),
        node.required("learningRate").doubleValue(),
        node.required("tokenizerDigest").asText(),
        datasets,
        node.required("threads").intValue(),
        node.required("instructionSet").asText(),
        node.required("exact").booleanValue(),
        node.required("trainingSeconds").doubleValue());
  }

  private static OptionalDouble optional(JsonNode node, String field) {
    return node.has(field)
        ? OptionalDouble.of(node.get(field).doubleValue())
        : OptionalDouble.empty();
  }
}
