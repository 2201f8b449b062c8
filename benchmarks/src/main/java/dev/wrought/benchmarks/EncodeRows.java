package dev.wrought.benchmarks;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * Encoding beside JTokkit and Hugging Face's library, and by two threads. Every side runs in a JVM
 * of its own and encodes a text that it has not seen; what ids they give is compared.
 *
 * @param folder that has the tokenizer
 */
record EncodeRows(Path folder, Rounds rounds, Consumer<BenchmarkRow> rows) {
  private static final long MEASURED_BYTES = 50_000_000;
  private static final long WARM_UP_BYTES = 25_000_000;

  /** Some seconds: until the compiler has nothing more to do, however little text there is. */
  private static final long WARM_UP_BYTES_IN_ALL = 300_000_000;

  private static final int JTOKKIT_WARM_UPS = 3;

  /** It is compiled already. */
  private static final int HUGGING_FACE_WARM_UPS = 0;

  /** Where a turn takes a minute, and the ratio is far from what must be reached. */
  private static final Rounds ONE_ROUND = Rounds.exactly(1);

  /** A side that encodes. */
  private record Side(String name, String method, String kind, int warmUps) {}

  /** The ids of the side that was first, which all others must give, too. */
  private static final class Ids {
    private long tokens = -1;
    private long checksum;

    void mustBe(Side side, long sideTokens, long sideChecksum) {
      if (tokens >= 0 && (tokens != sideTokens || checksum != sideChecksum)) {
        throw new WroughtException(
            ErrorCode.INTERNAL_ERROR,
            "the ids of %s differ: %,d tokens instead of %,d"
                .formatted(side.name(), sideTokens, tokens));
      }
      tokens = sideTokens;
      checksum = sideChecksum;
    }
  }

  void run() {
    JdkText warmUp = JdkText.of(false);
    JdkText measured = JdkText.of(true);
    compare("code", warmUp.code(WARM_UP_BYTES), measured.code(MEASURED_BYTES));
    compare("prose", warmUp.prose(WARM_UP_BYTES), measured.prose(MEASURED_BYTES));
    twoThreads();
  }

  private void compare(String kind, List<String> warmUp, List<String> measured) {
    long warmUpBytes = Documents.write(folder.resolve(kind + ".warm-up"), warmUp);
    long bytes = Documents.write(folder.resolve(kind), measured);
    int warmUps = (int) Math.ceilDiv(WARM_UP_BYTES_IN_ALL, warmUpBytes);
    Side warm = new Side("Wrought", "wrought", kind, warmUps);
    Side cold = new Side("Wrought", "wroughtCold", kind, warmUps);
    Side jtokkit = new Side("JTokkit 1.1.0", "jtokkit", kind, JTOKKIT_WARM_UPS);
    Side huggingFace =
        new Side("Hugging Face's batches (DJL)", "huggingFace", kind, HUGGING_FACE_WARM_UPS);
    Ids ids = new Ids();
    compare(warm, jtokkit, "warm", 5, rounds, bytes, ids);
    compare(cold, jtokkit, "cold cache", 3, rounds, bytes, ids);
    compare(warm, huggingFace, "warm", 20, ONE_ROUND, bytes, ids);
  }

  private void compare(
      Side ours, Side peer, String state, double goal, Rounds turns, long bytes, Ids ids) {
    String title =
        "encode %d MB of %s, %s, %s, one thread"
            .formatted(
                bytes / 1_000_000, ours.kind(), TokenizerBenchmark.VOCABULARY.getName(), state);
    System.err.println(title + ", beside " + peer.name());
    Turns both = Turns.ofWarm(turns, () -> seconds(ours, ids), () -> seconds(peer, ids));
    double megabytes = bytes / 1e6;
    rows.accept(
        new BenchmarkRow(
            title,
            "MB/s",
            megabytes / both.ours(),
            Optional.of(new BenchmarkRow.Peer(peer.name(), megabytes / both.peers(), both.ratio())),
            OptionalDouble.of(goal),
            OptionalDouble.empty()));
  }

  private double seconds(Side side, Ids ids) {
    Jmh.Measured measured =
        new Jmh(
                EncodeBenchmark.class,
                side.method(),
                Map.of("folder", folder.toString(), "kind", side.kind()),
                1,
                side.warmUps())
            .run();
    ids.mustBe(side, measured.count("tokens"), measured.count("checksum"));
    return measured.score();
  }

  private void twoThreads() {
    String title = "encode code, two threads over one";
    System.err.println(title);
    Turns turns = Turns.ofWarm(rounds, () -> 1 / gain("encode"), () -> 1 / gain("multiply"));
    rows.accept(
        new BenchmarkRow(
            title,
            "times as much",
            1 / turns.ours(),
            Optional.of(
                new BenchmarkRow.Peer("multiplying and adding", 1 / turns.peers(), turns.ratio())),
            OptionalDouble.of(0.9),
            OptionalDouble.empty()));
  }

  private double gain(String method) {
    return perSecond(method, 2) / perSecond(method, 1);
  }

  private double perSecond(String method, int threads) {
    Map<String, String> parameters = Map.of("folder", folder.toString());
    return new Jmh(ThreadsBenchmark.class, method, parameters, threads, 2).run().score();
  }
}
