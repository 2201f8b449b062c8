package dev.wrought.cli.client;

import dev.wrought.cli.local.Part;
import dev.wrought.proto.evaluation.v1.EvaluationServiceGrpc;
import dev.wrought.proto.evaluation.v1.EvaluationServiceGrpc.EvaluationServiceBlockingStub;
import dev.wrought.proto.serving.v1.ServingServiceGrpc;
import dev.wrought.proto.serving.v1.ServingServiceGrpc.ServingServiceBlockingStub;
import dev.wrought.proto.tokenizer.v1.TokenizerServiceGrpc;
import dev.wrought.proto.tokenizer.v1.TokenizerServiceGrpc.TokenizerServiceBlockingStub;
import dev.wrought.proto.trainer.v1.TrainerServiceGrpc;
import dev.wrought.proto.trainer.v1.TrainerServiceGrpc.TrainerServiceBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.okhttp.OkHttpChannelBuilder;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Stubs of the services on this machine. Channels are opened at the first call and closed together.
 *
 * <p>Not thread-safe.
 */
public final class Services implements AutoCloseable {
  private static final int LARGEST_MESSAGE = 16 << 20;

  /** Of trailers: a failure lists everything that is wrong. */
  private static final int LARGEST_METADATA = 256 << 10;

  /**
   * While a call is open, the service is pinged this often. Without a ping it would cut a call in
   * which nothing is said for a minute (quarkus.http.idle-timeout), and one that has frozen would
   * never be noticed.
   */
  private static final Duration PING = Duration.ofSeconds(20);

  private final int portBase;
  private final Duration ping;
  private final Map<Part, ManagedChannel> channels = new EnumMap<>(Part.class);

  /**
   * Nothing is opened yet.
   *
   * @param portBase the port of the first service
   */
  public Services(int portBase) {
    this(portBase, PING);
  }

  Services(int portBase, Duration ping) {
    this.portBase = portBase;
    this.ping = ping;
  }

  public TokenizerServiceBlockingStub tokenizer() {
    return TokenizerServiceGrpc.newBlockingStub(channel(Part.TOKENIZER));
  }

  public TrainerServiceBlockingStub trainer() {
    return TrainerServiceGrpc.newBlockingStub(channel(Part.TRAINER));
  }

  public EvaluationServiceBlockingStub evaluation() {
    return EvaluationServiceGrpc.newBlockingStub(channel(Part.EVAL));
  }

  public ServingServiceBlockingStub serving() {
    return ServingServiceGrpc.newBlockingStub(channel(Part.SERVING));
  }

  private ManagedChannel channel(Part part) {
    return channels.computeIfAbsent(part, this::open);
  }

  private ManagedChannel open(Part part) {
    int port = part.port(portBase);
    return OkHttpChannelBuilder.forAddress("127.0.0.1", port)
        .usePlaintext()
        .maxInboundMessageSize(LARGEST_MESSAGE)
        .maxInboundMetadataSize(LARGEST_METADATA)
        .keepAliveTime(ping.toMillis(), TimeUnit.MILLISECONDS)
        .intercept(new AbsentService(part, port))
        .build();
  }

  @Override
  public void close() {
    channels.values().forEach(ManagedChannel::shutdownNow);
    for (ManagedChannel channel : channels.values()) {
      try {
        channel.awaitTermination(1, TimeUnit.SECONDS);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    channels.clear();
  }
}
