package dev.wrought.cli.local;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.okhttp.OkHttpChannelBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;

/** Asks a part whether it can work. */
final class Readiness {
  private static final long PATIENCE_MILLIS = 1000;

  private Readiness() {}

  static boolean ready(Home home, ProcessRecord process) {
    return process.part() == Part.BROKER ? broker(home, process.pid()) : serving(process.port());
  }

  /** The broker writes its pid when clients can connect and the topics are there. */
  private static boolean broker(Home home, long pid) {
    try {
      return Files.readString(home.kafka().resolve("ready")).strip().equals(Long.toString(pid));
    } catch (IOException notYet) {
      return false;
    }
  }

  /** By gRPC's own health service, which every service has. */
  private static boolean serving(int port) {
    ManagedChannel channel =
        OkHttpChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    try {
      return HealthGrpc.newBlockingStub(channel)
              .withDeadlineAfter(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
              .check(HealthCheckRequest.getDefaultInstance())
              .getStatus()
          == ServingStatus.SERVING;
    } catch (StatusRuntimeException notYet) {
      return false;
    } finally {
      channel.shutdownNow();
    }
  }
}
