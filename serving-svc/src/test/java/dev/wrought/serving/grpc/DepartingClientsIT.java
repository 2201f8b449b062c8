package dev.wrought.serving.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.artifact.DurableFiles;
import dev.wrought.proto.serving.v1.GenerateRequest;
import dev.wrought.proto.serving.v1.GenerateResponse;
import dev.wrought.proto.serving.v1.ServingServiceGrpc;
import dev.wrought.serving.TinyCheckpoint;
import dev.wrought.serving.TinyModel;
import dev.wrought.serving.models.Models;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Clients that go away, or do not read: what was computed for them stops, and others are answered.
 */
@QuarkusTest
@TestProfile(FreshHome.class)
class DepartingClientsIT extends ServingClient {
  private static final int FEW_BYTES = 2_000;
  private static final int LONGEST = 8_192;

  private static String tiny = "";
  private static String endless = "";

  @Inject Models models;

  @BeforeAll
  static void makeCheckpoints() throws IOException {
    Path folder = FreshHome.HOME.resolve("departing");
    DurableFiles.deleteFolder(folder);
    tiny = TinyCheckpoint.publish(folder.resolve("tiny"), "llama", 1).toString();
    endless = TinyCheckpoint.publish(folder.resolve("endless"), "long", 1).toString();
  }

  /** FAULTS S1. */
  @Test
  void generate_cancelledByItsClient_stopsAndFreesItsCache() {
    besideOneThatGoesOn(others ->
        cancelled(() -> {
          assertTrue(service.generate(endlessRequest()).hasNext());
          assertTrue(pagesHeld() > others);
        }));
  }

  @Test
  void generate_whileItStreams_holdsNoWorkerThread() {
    cancelled(() -> {
      assertTrue(service.generate(endlessRequest()).hasNext());
      assertTrue(
          Thread.getAllStackTraces().values().stream()
              .flatMap(Arrays::stream)
              .noneMatch(DepartingClientsIT::writes));
    });
  }

  private static void cancelled(Runnable calls) {
    Context.CancellableContext context = Context.current().withCancellation();
    try {
      context.run(calls);
    } finally {
      context.cancel(null);
    }
  }

  /**
   * A text that began first, and is the shorter: written to its end, it would be done first, and
   * the other's pages be held alone. So only while it goes on is what it holds all that is held.
   *
   * @param departing given how many pages that is
   */
  private void besideOneThatGoesOn(IntConsumer departing) {
    cancelled(() -> {
      assertTrue(
          service
              .generate(endlessRequest().toBuilder().setMaxTokens(LONGEST - 192).build())
              .hasNext());
      int others = pagesHeld();
      departing.accept(others);
      TinyModel.await(() -> pagesHeld() == others);
    });
    TinyModel.await(() -> pagesHeld() == 0);
  }

  /** The engine's thread, too, is in a TextWriter when it asks whether the client has gone. */
  private static boolean writes(StackTraceElement frame) {
    return frame.getClassName().equals(TextWriter.class.getName())
        && frame.getMethodName().equals("write");
  }

  /** FAULTS S1. */
  @Test
  void generate_afterItsDeadline_stopsAndFreesItsCache() {
    read(endlessRequest().toBuilder().setMaxTokens(1).build());
    besideOneThatGoesOn(_ -> {
      ServingServiceGrpc.ServingServiceBlockingStub hasty =
          service.withDeadlineAfter(400, TimeUnit.MILLISECONDS);
      StatusRuntimeException late =
          assertThrows(StatusRuntimeException.class, () -> drain(hasty.generate(endlessRequest())));
      assertEquals(Status.Code.DEADLINE_EXCEEDED, late.getStatus().getCode());
    });
  }

  /** FAULTS S2: a client that does not read is given up, and others are answered meanwhile. */
  @Test
  void generate_besideAClientThatDoesNotRead_isAnswered() throws Exception {
    Unread unread = new Unread();
    ManagedChannel narrow =
        NettyChannelBuilder.forTarget(channel.authority())
            .usePlaintext()
            .flowControlWindow(FEW_BYTES)
            .build();
    ServingServiceGrpc.newStub(narrow).generate(endlessRequest(), unread);
    for (int i = 0; i < 3; i++) {
      assertEquals(20, read(fewTokens()).end().getCompletionTokens());
    }
    assertTrue(pagesHeld() > 0, "the client that does not read was given up before others were");
    GenerateRequest request = endlessRequest().toBuilder().setMaxTokens(200).build();
    Read read = read(request);
    assertEquals(200, read.end().getCompletionTokens());
    // A character may take several tokens, and then they come as one.
    assertTrue(read.messages() > 40, read.messages() + " messages: it was not streamed");
    TinyModel.await(() -> pagesHeld() == 0);
    unread.readOn();
    Status status = unread.end.get(10, TimeUnit.SECONDS);
    narrow.shutdownNow();
    assertEquals(Status.Code.DEADLINE_EXCEEDED, status.getCode(), status.toString());
  }

  private int pagesHeld() {
    return models.list().stream().mapToInt(each -> each.model().engine().pagesHeld()).sum();
  }

  /** Would be written for seconds: without chance it never comes to the end-of-text token. */
  private static GenerateRequest endlessRequest() {
    return GenerateRequest.newBuilder()
        .setModel(endless)
        .setPrompt("the smith")
        .setMaxTokens(LONGEST)
        .setTemperature(0)
        .build();
  }

  /** Without chance, which might end the text before its time. */
  private static GenerateRequest fewTokens() {
    return GenerateRequest.newBuilder()
        .setModel(tiny)
        .setPrompt("the smith")
        .setMaxTokens(20)
        .setTemperature(0)
        .build();
  }

  /** A client that asks for a stream and does not read it. */
  private static final class Unread
      implements ClientResponseObserver<GenerateRequest, GenerateResponse> {
    private final CompletableFuture<Status> end = new CompletableFuture<>();
    private final CompletableFuture<ClientCallStreamObserver<GenerateRequest>> call =
        new CompletableFuture<>();

    @Override
    public void beforeStart(ClientCallStreamObserver<GenerateRequest> stream) {
      stream.disableAutoRequestWithInitial(1);
      call.complete(stream);
    }

    void readOn() throws ExecutionException, InterruptedException {
      call.get().request(Integer.MAX_VALUE);
    }

    @Override
    public void onNext(GenerateResponse message) {}

    @Override
    public void onError(Throwable failure) {
      end.complete(Status.fromThrowable(failure));
    }

    @Override
    public void onCompleted() {
      end.complete(Status.OK);
    }
  }
}
