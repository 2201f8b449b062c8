package dev.wrought.cli.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrought.cli.terminal.Json;
import dev.wrought.core.dataset.DatasetFacts;
import dev.wrought.proto.evaluation.v1.HeldOutScore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What came out of a demo.
 *
 * @param corpus title
 * @param facts of the dataset
 * @param dataset absolute path
 * @param asked how long the training was meant to take
 */
public record DemoReport(
    String corpus,
    DatasetFacts facts,
    Path dataset,
    Trained trained,
    Duration asked,
    HeldOutScore score,
    List<Sample> samples) {
  /** Bits per byte up to this multiple of gzip's are what five minutes should reach. */
  static final double GOAL_OVER_GZIP = 1.25;

  public DemoReport {
    samples = List.copyOf(samples);
  }

  /** Bytes of the documents that were read, before anything was left out. */
  long corpusBytes() {
    return facts.corpus().sources().stream().mapToLong(DatasetFacts.SourceFacts::bytes).sum();
  }

  long documents() {
    return facts.corpus().sources().stream().mapToLong(DatasetFacts.SourceFacts::documents).sum();
  }

  /** Of both splits. */
  long tokens() {
    return facts.total().tokens();
  }

  Path checkpoint() {
    return Path.of(trained.run().getCheckpoint());
  }

  OptionalDouble gzip() {
    return score.hasGzipBitsPerByte()
        ? OptionalDouble.of(score.getGzipBitsPerByte())
        : OptionalDouble.empty();
  }

  OptionalDouble trigram() {
    return score.hasTrigramBitsPerByte()
        ? OptionalDouble.of(score.getTrigramBitsPerByte())
        : OptionalDouble.empty();
  }

  /** The document of {@code --json}; what is not known or not finite is null. */
  public ObjectNode json() {
    ObjectNode node = Json.object();
    node.put("corpusBytes", corpusBytes());
    node.put("tokens", tokens());
    put(node, "wordsPer100Tokens", OptionalDouble.of(facts.wordsPer100Tokens()));
    node.put("parameters", trained.run().getParameters());
    put(node, "tokensPerSecond", OptionalDouble.of(trained.tokensPerSecond()));
    put(node, "firstLoss", OptionalDouble.of(trained.firstLoss()));
    put(node, "lastLoss", OptionalDouble.of(trained.lastLoss()));
    node.put("heldOutBytes", score.getBytes());
    put(node, "heldOutBitsPerByte", OptionalDouble.of(score.getBitsPerByte()));
    put(node, "gzipBitsPerByte", gzip());
    put(node, "trigramBitsPerByte", trigram());
    node.put("checkpoint", checkpoint().toString());
    node.put("dataset", dataset.toString());
    ArrayNode written = node.putArray("samples");
    samples.forEach(
        sample -> written.addObject().put("prompt", sample.prompt()).put("text", sample.text()));
    return node;
  }

  private static void put(ObjectNode node, String name, OptionalDouble value) {
    if (value.isPresent() && Double.isFinite(value.getAsDouble())) {
      node.put(name, value.getAsDouble());
    } else {
      node.putNull(name);
    }
  }
}
