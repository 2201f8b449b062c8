package dev.wrought.benchmarks;

import dev.wrought.cli.local.Home;
import dev.wrought.cli.local.Installation;
import dev.wrought.cli.local.Part;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.proto.serving.v1.GenerateRequest;
import dev.wrought.proto.serving.v1.GenerateResponse;
import dev.wrought.proto.serving.v1.ListModelsRequest;
import dev.wrought.proto.serving.v1.ServingServiceGrpc;
import dev.wrought.proto.serving.v1.ServingServiceGrpc.ServingServiceBlockingStub;
import dev.wrought.proto.serving.v1.TokenIds;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The built serving-svc in a process of its own, started as the platform starts it. */
final class ServingProcess implements AutoCloseable {
  private static final int START_SECONDS = 60;

  private final Process process;
  private final ManagedChannel channel;
  private final ServingServiceBlockingStub service;

  private ServingProcess(Process process, int port) {
    this.process = process;
    channel = ManagedChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    service = ServingServiceGrpc.newBlockingStub(channel);
  }

  /**
   * Starts the service and waits until it answers.
   *
   * @param home an empty folder for what it keeps
   */
  static ServingProcess start(Path home) {
    try {
      int port = freePort();
      ServingProcess serving = new ServingProcess(process(home, port), port);
      serving.awaitReady();
      return serving;
    } catch (IOException failure) {
      throw new WroughtException(
          ErrorCode.UNAVAILABLE, "serving-svc cannot be started: " + failure.getMessage(), failure);
    }
  }

  private static Process process(Path home, int port) throws IOException {
    Path root = Path.of(System.getProperty("wrought.root", "."));
    ProcessBuilder builder =
        new ProcessBuilder(Installation.current(root).command(Part.SERVING, new Home(home), port));
    builder.environment().put("WROUGHT_HOME", home.toString());
    builder.environment().put("WROUGHT_PLUGINS", home.resolve("plugins").toString());
    builder.environment().put("WROUGHT_PORT", Integer.toString(port));
    builder.redirectErrorStream(true);
    builder.redirectOutput(home.resolve("serving.log").toFile());
    return builder.start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitReady() {
    try {
      service
          .withWaitForReady()
          .withDeadlineAfter(START_SECONDS, TimeUnit.SECONDS)
          .listModels(ListModelsRequest.getDefaultInstance());
    } catch (StatusRuntimeException late) {
      close();
      throw new WroughtException(
          ErrorCode.UNAVAILABLE, "serving-svc does not answer: " + late.getStatus(), late);
    }
  }

  /**
   * Reads a text from the stream.
   *
   * @return the seconds between its first and its last message, for each token
   */
  double secondsPerToken(Path checkpoint, int[] prompt, int count) {
    Iterator<GenerateResponse> stream =
        service.generate(
            GenerateRequest.newBuilder()
                .setModel(checkpoint.toString())
                .setPromptIds(TokenIds.newBuilder().addAllIds(boxed(prompt)))
                .setMaxTokens(count)
                .setTemperature(0)
                .build());
    int tokens = stream.next().getIdsCount();
    int first = tokens;
    long start = System.nanoTime();
    while (stream.hasNext()) {
      tokens += stream.next().getIdsCount();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    if (tokens != count) {
      throw new WroughtException(
          ErrorCode.INTERNAL_ERROR, "%d tokens came instead of %d".formatted(tokens, count));
    }
    return seconds / (tokens - first);
  }

  private static List<Integer> boxed(int[] ids) {
    return Arrays.stream(ids).boxed().toList();
  }

  @Override
  public void close() {
    channel.shutdownNow();
    process.destroy();
    process.onExit().join();
  }
}
