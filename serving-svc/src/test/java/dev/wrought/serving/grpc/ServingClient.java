package dev.wrought.serving.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.rpc.ErrorInfo;
import dev.wrought.proto.serving.v1.GenerateEnd;
import dev.wrought.proto.serving.v1.GenerateRequest;
import dev.wrought.proto.serving.v1.GenerateResponse;
import dev.wrought.proto.serving.v1.ServingServiceGrpc;
import dev.wrought.proto.serving.v1.ServingServiceGrpc.ServingServiceBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.function.Executable;

/** What a client of the service needs to talk with it. */
abstract class ServingClient {
  ManagedChannel channel;
  ServingServiceBlockingStub service;

  @BeforeEach
  void connect() {
    int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
    channel = ManagedChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    service = ServingServiceGrpc.newBlockingStub(channel);
  }

  @AfterEach
  void disconnect() throws InterruptedException {
    channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
  }

  /** A whole stream. */
  record Read(String text, List<Integer> ids, GenerateEnd end, int messages) {}

  Read read(GenerateRequest request) {
    return drain(service.generate(request));
  }

  static Read drain(Iterator<GenerateResponse> stream) {
    StringBuilder text = new StringBuilder();
    List<Integer> ids = new ArrayList<>();
    GenerateResponse last = GenerateResponse.getDefaultInstance();
    int messages = 0;
    while (stream.hasNext()) {
      assertFalse(last.hasEnd(), "a message came behind the end");
      last = stream.next();
      text.append(last.getText());
      ids.addAll(last.getIdsList());
      messages++;
    }
    assertTrue(last.hasEnd());
    return new Read(text.toString(), ids, last.getEnd(), messages);
  }

  static void assertRefused(Status.Code code, String inMessage, Executable call) {
    StatusRuntimeException failure = assertThrows(StatusRuntimeException.class, call);
    String message = String.valueOf(failure.getStatus().getDescription());
    assertEquals(code, failure.getStatus().getCode(), message);
    assertTrue(message.contains(inMessage), message);
    com.google.rpc.Status details = StatusProto.fromThrowable(failure);
    assertTrue(details != null && details.getDetails(0).is(ErrorInfo.class), "no details");
  }
}
