package dev.wrought.tokenizer.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.rpc.ErrorInfo;
import dev.wrought.proto.tokenizer.v1.Corpus;
import dev.wrought.proto.tokenizer.v1.DecodeRequest;
import dev.wrought.proto.tokenizer.v1.DecodeResponse;
import dev.wrought.proto.tokenizer.v1.Source;
import dev.wrought.proto.tokenizer.v1.TokenizerInfo;
import dev.wrought.proto.tokenizer.v1.TokenizerServiceGrpc;
import dev.wrought.proto.tokenizer.v1.TokenizerServiceGrpc.TokenizerServiceBlockingStub;
import dev.wrought.proto.tokenizer.v1.TrainTokenizerRequest;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What a client of the service needs to talk with it. */
abstract class TokenizerClient {
  private static final String PROSE = "The cat sat on the mat, and the dog sat on the log. ";

  @TempDir Path folder;
  ManagedChannel channel;
  TokenizerServiceBlockingStub service;

  @BeforeEach
  void connect() {
    int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
    channel = ManagedChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    service = TokenizerServiceGrpc.newBlockingStub(channel);
  }

  @AfterEach
  void disconnect() throws InterruptedException {
    channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
  }

  TokenizerInfo trained(String name) throws IOException {
    return drain(service.train(training(name, 450))).getResult();
  }

  TrainTokenizerRequest training(String name, int vocabularySize) throws IOException {
    return TrainTokenizerRequest.newBuilder()
        .setName(name)
        .setCorpus(corpus())
        .setVocabularySize(vocabularySize)
        .build();
  }

  Corpus corpus() throws IOException {
    Path texts = Files.createDirectories(folder.resolve("texts"));
    for (int i = 0; i < 40; i++) {
      Files.writeString(texts.resolve("%02d.txt".formatted(i)), PROSE.repeat(i % 5 + 1) + i);
    }
    return Corpus.newBuilder()
        .addSources(Source.newBuilder().setPath(texts.toString()).addInclude("**/*.txt"))
        .setDeduplicate(true)
        .build();
  }

  DecodeResponse decode(String tokenizer, List<Integer> ids) {
    return service.decode(
        DecodeRequest.newBuilder().setTokenizer(tokenizer).addAllIds(ids).build());
  }

  static <M> M drain(Iterator<M> stream) {
    M last = stream.next();
    while (stream.hasNext()) {
      last = stream.next();
    }
    return last;
  }

  static void assertRefused(Status.Code code, String inMessage, Executable call) {
    StatusRuntimeException failure = fails(call);
    String message = String.valueOf(failure.getStatus().getDescription());
    assertEquals(code, failure.getStatus().getCode(), message);
    assertTrue(message.contains(inMessage), message);
    com.google.rpc.Status details = StatusProto.fromThrowable(failure);
    assertTrue(details != null && details.getDetails(0).is(ErrorInfo.class), "no details");
  }

  static StatusRuntimeException fails(Executable call) {
    return assertThrows(StatusRuntimeException.class, call);
  }
}
