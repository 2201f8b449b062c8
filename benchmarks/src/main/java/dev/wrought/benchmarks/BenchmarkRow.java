package dev.wrought.benchmarks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One measurement beside its peer and its limit.
 *
 * @param title which case was measured
 * @param metric what, with its unit
 * @param ours our figure
 * @param peer who it is compared to, if anyone is there
 * @param goal the ratio to be reached
 * @param limit what the machine would allow at most, in the metric's unit
 */
record BenchmarkRow(
    String title,
    String metric,
    double ours,
    Optional<Peer> peer,
    OptionalDouble goal,
    OptionalDouble limit) {

  /**
   * The other side.
   *
   * @param name with its version
   * @param figure in the metric's unit
   * @param ratio how much better ours is: larger is better, whatever the metric
   */
  record Peer(String name, double figure, double ratio) {}

  /** What share of the limit ours is. */
  OptionalDouble ofLimit() {
    return limit.isPresent() ? OptionalDouble.of(ours / limit.getAsDouble()) : limit;
  }

  /** The row as machines read it; what is absent is null. */
  ObjectNode json(ObjectNode row) {
    row.put("case", title);
    row.put("metric", metric);
    row.put("ours", ours);
    peer.ifPresentOrElse(p -> row.put("peerName", p.name()), () -> row.putNull("peerName"));
    put(row, "peer", peer.map(p -> OptionalDouble.of(p.figure())).orElse(OptionalDouble.empty()));
    put(row, "ratio", peer.map(p -> OptionalDouble.of(p.ratio())).orElse(OptionalDouble.empty()));
    put(row, "goal", goal);
    put(row, "limit", limit);
    put(row, "ofLimit", ofLimit());
    return row;
  }

  private static void put(ObjectNode row, String field, OptionalDouble value) {
    value.ifPresentOrElse(v -> row.put(field, v), () -> row.putNull(field));
  }
}
