package dev.wrought.eval.benchmark;

import dev.wrought.proto.serving.v1.ServingServiceGrpc;
import dev.wrought.proto.serving.v1.ServingServiceGrpc.ServingServiceBlockingStub;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where serving-svc is. The connection is made at the first use and again whenever it is lost. */
@ApplicationScoped
public class ServingPeer {
  private static final int MAX_RESPONSE_BYTES = 16 << 20;

  /** Of trailers: a failure lists everything that is wrong. */
  private static final int MAX_METADATA_BYTES = 256 << 10;

  private final String address;
  private final ManagedChannel channel;

  @Inject
  public ServingPeer(
      @ConfigProperty(name = "wrought.peers.serving", defaultValue = "127.0.0.1:7713")
          String address) {
    this.address = address;
    this.channel =
        ManagedChannelBuilder.forTarget(address)
            .usePlaintext()
            .maxInboundMessageSize(MAX_RESPONSE_BYTES)
            .maxInboundMetadataSize(MAX_METADATA_BYTES)
            .build();
  }

  /** Host and port. */
  public String address() {
    return address;
  }

  /** How the connection is now; it is made if there is none. */
  ConnectivityState connection() {
    return channel.getState(true);
  }

  ServingServiceBlockingStub stub() {
    return ServingServiceGrpc.newBlockingStub(channel);
  }

  @PreDestroy
  void close() {
    channel.shutdownNow();
  }
}
