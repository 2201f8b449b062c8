package dev.wrought.edge.error;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import com.google.rpc.ErrorInfo;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.proto.tokenizer.v1.EncodeRequest;
import dev.wrought.proto.tokenizer.v1.EncodeStreamRequest;
import dev.wrought.proto.tokenizer.v1.EncodedText;
import dev.wrought.proto.tokenizer.v1.ListTokenizersRequest;
import dev.wrought.proto.tokenizer.v1.ListTokenizersResponse;
import dev.wrought.proto.tokenizer.v1.TokenizerServiceGrpc;
import io.grpc.BindableService;
import io.grpc.Channel;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Failures as a client meets them, over a real connection. */
class GrpcErrorsTest {
  private static final Logger LOGGER = Logger.getLogger(FailureMessage.class.getName());
  private final List<LogRecord> logged = new CopyOnWriteArrayList<>();
  private final Handler ear = new Ear();

  private final class Ear extends Handler {
    @Override
    public void publish(LogRecord line) {
      logged.add(line);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @BeforeEach
  void listen() {
    LOGGER.addHandler(ear);
  }

  @AfterEach
  void stopListening() {
    LOGGER.removeHandler(ear);
  }

  /** What a client sees when a method throws. */
  private static StatusRuntimeException seen(RuntimeException thrown) throws IOException {
    return seen(
        new TokenizerServiceGrpc.TokenizerServiceImplBase() {
          @Override
          public void listTokenizers(
              ListTokenizersRequest request, StreamObserver<ListTokenizersResponse> response) {
            throw thrown;
          }
        },
        channel ->
            TokenizerServiceGrpc.newBlockingStub(channel)
                .listTokenizers(ListTokenizersRequest.getDefaultInstance()));
  }

  private static StatusRuntimeException seen(BindableService service, Consumer<Channel> call)
      throws IOException {
    Server server =
        Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
            .addService(service)
            .intercept(new GrpcErrors())
            .build()
            .start();
    ManagedChannel channel =
        ManagedChannelBuilder.forAddress("127.0.0.1", server.getPort())
            .usePlaintext()
            .maxInboundMetadataSize(256 << 10) // as our clients
            .build();
    try {
      return assertThrows(StatusRuntimeException.class, () -> call.accept(channel));
    } finally {
      channel.shutdownNow();
      server.shutdownNow();
    }
  }

  private static String message(StatusRuntimeException seen) {
    return String.valueOf(seen.getStatus().getDescription());
  }

  private static ErrorInfo details(StatusRuntimeException seen)
      throws InvalidProtocolBufferException {
    com.google.rpc.Status status = StatusProto.fromThrowable(seen);
    assertEquals(message(seen), status.getMessage(), "grpcio-status wants them equal");
    return status.getDetails(0).unpack(ErrorInfo.class);
  }

  @Test
  void failure_ofTheUser_keepsItsWordsAndIsNotLogged() throws IOException {
    StatusRuntimeException seen = seen(new WroughtException(ErrorCode.NOT_FOUND, "no run 'x'"));
    assertEquals(Status.Code.NOT_FOUND, seen.getStatus().getCode());
    assertEquals("no run 'x'", message(seen));
    assertEquals("NOT_FOUND", details(seen).getReason());
    assertEquals("1002", details(seen).getMetadataOrThrow("number"));
    assertEquals(List.of(), logged);
  }

  /** FAULTS O7. */
  @Test
  void failure_thatNobodyExpected_tellsAReferenceOnly() throws IOException {
    IllegalStateException thrown = new IllegalStateException("secret");
    StatusRuntimeException seen = seen(thrown);
    assertEquals(Status.Code.INTERNAL, seen.getStatus().getCode());
    assertFalse(message(seen).contains("secret"), message(seen));
    assertLoggedUnderTheReference(thrown, seen);
  }

  @Test
  void failure_ofOursOrAPlugins_isLoggedUnderAReference() throws IOException {
    for (ErrorCode code : List.of(ErrorCode.INTERNAL_ERROR, ErrorCode.INVALID_PLUGIN)) {
      WroughtException thrown =
          new WroughtException(code, "it broke", new ClassCastException("inside"));
      StatusRuntimeException seen = seen(thrown);
      assertTrue(message(seen).startsWith("it broke; "), message(seen));
      assertEquals(code.name(), details(seen).getReason());
      assertLoggedUnderTheReference(thrown, seen);
    }
  }

  private void assertLoggedUnderTheReference(Throwable thrown, StatusRuntimeException seen) {
    LogRecord line = logged.removeFirst();
    assertEquals(Level.SEVERE.intValue(), line.getLevel().intValue());
    assertEquals(thrown, line.getThrown());
    String reference = message(seen).substring(message(seen).length() - 8);
    assertTrue(text(line).endsWith("reference " + reference), text(line));
    assertEquals(List.of(), logged);
  }

  private static String text(LogRecord line) {
    Object[] parameters = line.getParameters();
    return parameters == null ? line.getMessage() : line.getMessage().formatted(parameters);
  }

  @Test
  void failure_ofTheMachine_isLoggedInALine() throws IOException {
    seen(new WroughtException(ErrorCode.STORAGE, "no room"));
    assertEquals(1, logged.size());
    assertEquals(Level.WARNING.intValue(), logged.getFirst().getLevel().intValue());
    seen(new WroughtException(ErrorCode.OVERLOADED, "later"));
    assertEquals(1, logged.size(), "a full queue is no news");
  }

  @Test
  void failure_ofAStreamsMessage_endsTheCallAndTheRestIsNotHeard() throws IOException {
    List<String> heard = new CopyOnWriteArrayList<>();
    StatusRuntimeException seen =
        seen(
            new TokenizerServiceGrpc.TokenizerServiceImplBase() {
              @Override
              public StreamObserver<EncodeStreamRequest> encodeStream(
                  StreamObserver<EncodedText> response) {
                return new Refusing(heard);
              }
            },
            GrpcErrorsTest::sendThree);
    assertEquals(Status.Code.INVALID_ARGUMENT, seen.getStatus().getCode());
    assertEquals("message 1", message(seen));
    assertEquals("INVALID_ARGUMENT", details(seen).getReason());
    assertEquals(List.of("message"), heard);
  }

  @Test
  void message_thatCannotBeRead_isRefusedAndNotGivenToTheMethod() throws IOException {
    ByteString noUtf8 = ByteString.copyFrom(new byte[] {'a', (byte) 0xED, (byte) 0xA0});
    EncodeRequest broken =
        EncodeRequest.newBuilder()
            .setUnknownFields(
                UnknownFieldSet.newBuilder()
                    .addField(
                        EncodeRequest.TEXT_FIELD_NUMBER,
                        UnknownFieldSet.Field.newBuilder().addLengthDelimited(noUtf8).build())
                    .build())
            .build();
    TokenizerServiceGrpc.TokenizerServiceImplBase deaf =
        new TokenizerServiceGrpc.TokenizerServiceImplBase() {};
    StatusRuntimeException seen =
        seen(
            () -> ReadableMessages.of(deaf.bindService()),
            channel -> TokenizerServiceGrpc.newBlockingStub(channel).encode(broken));
    assertEquals(Status.Code.INVALID_ARGUMENT, seen.getStatus().getCode());
    assertTrue(
        message(seen).contains("no message of wrought.tokenizer.v1.TokenizerService/Encode"));
    assertEquals("INVALID_ARGUMENT", details(seen).getReason());
    StatusRuntimeException read =
        seen(
            () -> ReadableMessages.of(deaf.bindService()),
            channel ->
                TokenizerServiceGrpc.newBlockingStub(channel)
                    .encode(EncodeRequest.getDefaultInstance()));
    assertEquals(Status.Code.UNIMPLEMENTED, read.getStatus().getCode(), "an empty one is one");
  }

  /** Throws at its first message. */
  private record Refusing(List<String> heard) implements StreamObserver<EncodeStreamRequest> {
    @Override
    public void onNext(EncodeStreamRequest message) {
      heard.add("message");
      throw new WroughtException(ErrorCode.INVALID_ARGUMENT, "message " + heard.size());
    }

    @Override
    public void onError(Throwable gone) {
      heard.add("error");
    }

    @Override
    public void onCompleted() {
      heard.add("end");
    }
  }

  private static void sendThree(Channel channel) {
    CompletableFuture<EncodedText> answer = new CompletableFuture<>();
    StreamObserver<EncodeStreamRequest> requests =
        TokenizerServiceGrpc.newStub(channel).encodeStream(new FirstAnswer(answer));
    for (int i = 0; i < 3; i++) {
      requests.onNext(EncodeStreamRequest.getDefaultInstance());
    }
    requests.onCompleted();
    try {
      answer.join();
    } catch (CompletionException failure) {
      throw (StatusRuntimeException) failure.getCause();
    }
  }

  private record FirstAnswer(CompletableFuture<EncodedText> answer)
      implements StreamObserver<EncodedText> {
    @Override
    public void onNext(EncodedText message) {
      answer.complete(message);
    }

    @Override
    public void onError(Throwable failure) {
      answer.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
      answer.cancel(false);
    }
  }

  @Test
  void message_ofFortyProblems_arrivesWhole() throws IOException {
    String problems = lines(40, "key: is unknown; allowed: " + "name, ".repeat(40));
    StatusRuntimeException seen = seen(new WroughtException(ErrorCode.INVALID_RECIPE, problems));
    assertEquals(problems, message(seen));
    assertEquals("INVALID_RECIPE", details(seen).getReason());
  }

  @Test
  void message_withoutEnd_isCutAtALine() throws IOException {
    for (String text : List.of("a problem", "ein Prüfstück", "\u9f8d\ud83d\ude80".repeat(20))) {
      String message = lines(10_000, text);
      String seen = message(seen(new WroughtException(ErrorCode.INVALID_RECIPE, message)));
      long kept = seen.lines().count() - 1;
      assertTrue(message.startsWith(seen.substring(0, seen.lastIndexOf('\n'))), text);
      assertTrue(seen.endsWith("\n... and %d more lines".formatted(10_000 - kept)), text);
    }
    String line = message(seen(new WroughtException(ErrorCode.NOT_FOUND, "x".repeat(1 << 20))));
    assertTrue(line.endsWith("xxx ...") && line.length() > 10_000, line);
  }

  private static String lines(int count, String text) {
    return IntStream.range(0, count)
        .mapToObj(i -> i + ": " + text)
        .collect(Collectors.joining("\n"));
  }
}
